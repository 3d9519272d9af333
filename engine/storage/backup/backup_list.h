// SPDX-License-Identifier: GPL-3.0-or-later
// SNAPSHOT: which generation a backup holds, and size and checksum of each of its files. Written
// last, so a folder without it is not a complete backup.
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "engine/storage/index/layout.h"
#include "engine/storage/index/manifest.h"

namespace broadsheet::storage {

inline constexpr std::string_view kBackupListName = "SNAPSHOT";

struct BackupList {
  GenerationRef ref;  // the same in the index and in its backup
  absl::Time taken;
  // All files but SNAPSHOT itself; names relative to the backup's folder, such as "CURRENT" and
  // "generations/000007/base/tokens".
  std::vector<base::FileEntry> files;
};

// Durable and atomic.
absl::Status WriteBackupList(const std::filesystem::path& backup, const BackupList& list);

// NOT_FOUND when SNAPSHOT is missing, DATA_LOSS when it is damaged, FAILED_PRECONDITION when its
// format is newer than ours. Reads no other file.
absl::StatusOr<BackupList> ReadBackupList(const std::filesystem::path& backup);

}  // namespace broadsheet::storage
