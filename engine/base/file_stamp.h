// SPDX-License-Identifier: GPL-3.0-or-later
// Tells whether a file has changed, for the price of one stat, so that readers can check before
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

// A file that cannot be examined counts as absent.
FileStamp ReadFileStamp(const std::filesystem::path& file);

// Whether `path` still names the file that `open` refers to: it was neither removed nor replaced.
bool IsNamedBy(const FileDescriptor& open, const std::filesystem::path& path);

}  // namespace broadsheet::base
