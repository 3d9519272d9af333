// SPDX-License-Identifier: GPL-3.0-or-later
// Tells one state of a file from another for the price of a stat, so that readers may look before
// every request.
#pragma once

#include <cstdint>
#include <filesystem>

#include "engine/base/file_descriptor.h"

namespace broadsheet::base {

// All zero while there is no such file.
struct FileStamp {
  uint64_t inode = 0;
  int64_t bytes = 0;
  int64_t changed_ns = 0;
  bool exists() const { return inode != 0; }
  bool operator==(const FileStamp&) const = default;
};

// A file that cannot be looked at is absent.
FileStamp ReadFileStamp(const std::filesystem::path& file);

// Whether `open` is what `path` names now, and not what was removed or replaced since.
bool IsNamedBy(const FileDescriptor& open, const std::filesystem::path& path);

}  // namespace broadsheet::base
