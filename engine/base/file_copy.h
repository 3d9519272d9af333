// SPDX-License-Identifier: GPL-3.0-or-later
// Copying files so that what was copied is known: all of it passes through a checksum.
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
  // Left to the caller to sync (SyncFile): for what has to be read quickly.
  kUnsynced,
};

struct CopyControl {
  // Told of each MiB, or less, as it is read; may be empty.
  std::function<void(uint64_t bytes)> on_bytes = {};
  // Polled before each MiB; may be empty.
  std::function<bool()> cancelled = {};
};

struct CopiedFile {
  // Name, without folder, size and checksum of what is at the target.
  FileEntry entry;
  bool linked = false;
};

// Puts the content of `source` at `target`, which does not exist. Its folder is the caller's to
// sync. Errors of FileError, RESOURCE_EXHAUSTED for a full disk among them; CANCELLED. What an
// error leaves at `target` is the caller's to remove.
absl::StatusOr<CopiedFile> CopyFile(const std::filesystem::path& source,
                                    const std::filesystem::path& target, CopyKind kind,
                                    const CopyControl& control);

}  // namespace broadsheet::base
