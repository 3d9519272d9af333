// SPDX-License-Identifier: GPL-3.0-or-later
// One file in a list of checksums.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "absl/status/statusor.h"

namespace broadsheet::base {

struct FileEntry {
  std::string name;  // relative to the folder that the list describes
  uint64_t bytes = 0;
  std::string checksum;  // XXH3-128, 32 hex digits
};

// Size and checksum of <folder>/<name>, read in blocks. Errors of FileError; CANCELLED once
// `cancelled`, polled at each block of 1 MiB, returns true.
absl::StatusOr<FileEntry> DescribeFile(const std::filesystem::path& folder, const std::string& name,
                                       const std::function<bool()>& cancelled = {});

}  // namespace broadsheet::base
