// SPDX-License-Identifier: GPL-3.0-or-later
// SNAPSHOT: what a backup is of, and size and checksum of each of its files. Written last, so that
// a folder without it is no whole backup.
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
  GenerationRef ref;  // in the index it was taken of, and in the backup
  absl::Time taken;
  // All but SNAPSHOT itself; names relative to the backup's folder, such as "CURRENT" and
  // "generations/000007/base/tokens".
  std::vector<base::FileEntry> files;
};

// Durable and atomic.
absl::Status WriteBackupList(const std::filesystem::path& backup, const BackupList& list);

// NOT_FOUND when there is none, DATA_LOSS when it is damaged, FAILED_PRECONDITION when it is of a
// later format. Looks at no other file.
absl::StatusOr<BackupList> ReadBackupList(const std::filesystem::path& backup);

}  // namespace broadsheet::storage
