// SPDX-License-Identifier: GPL-3.0-or-later
// Copies files, with the checksum of the bytes that were copied.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>

#include "absl/status/statusor.h"
#include "engine/base/file_entry.h"

namespace broadsheet::base {

enum class CopyKind : uint8_t {
  kSynced,
  // A hard link where the file system makes one, else a synced copy: for files that are never
  // written again.
  kLinkOrSynced,
  // A copy that the caller syncs (SyncFile), for files that must be read quickly.
  kUnsynced,
};

struct CopyControl {
  // Called with the size of each block read, at most 1 MiB; may be empty.
  std::function<void(uint64_t bytes)> on_bytes = {};
  // Polled before each MiB; may be empty.
  std::function<bool()> cancelled = {};
};

struct CopiedFile {
  // Name, without folder, size and checksum of what is at the target.
  FileEntry entry;
  bool linked = false;
};

// Copies `source` to `target`, which does not exist yet. The caller syncs the folder of `target`,
// and after an error removes `target`. Errors of FileError, among them RESOURCE_EXHAUSTED for a
// full disk; CANCELLED.
absl::StatusOr<CopiedFile> CopyFile(const std::filesystem::path& source,
                                    const std::filesystem::path& target, CopyKind kind,
                                    const CopyControl& control);

}  // namespace broadsheet::base
