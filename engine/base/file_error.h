// SPDX-License-Identifier: GPL-3.0-or-later
// Explains a failed system call on a file to the person who ran the program.
#pragma once

#include <filesystem>
#include <string_view>

#include "absl/status/status.h"

namespace broadsheet::base {

// "<action> <path>: <reason>" for an errno value. NOT_FOUND for a missing file, PERMISSION_DENIED
// for missing rights and read-only file systems, RESOURCE_EXHAUSTED for a full disk or quota (the
// message ends in kDiskFull), a file size limit and too many open files, DATA_LOSS for an I/O error
// of the device, INTERNAL for the rest.
absl::Status FileError(int error, std::string_view action, const std::filesystem::path& path);

// The words with which every part of the program reports a full disk.
inline constexpr std::string_view kDiskFull = "disk full; free space and run again";

// ENOSPC and EDQUOT.
bool IsDiskFull(int error);

}  // namespace broadsheet::base
