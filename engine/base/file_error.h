// SPDX-License-Identifier: GPL-3.0-or-later
// What a failed system call on a file means to the person who ran the program.
#pragma once

#include <filesystem>
#include <string_view>

#include "absl/status/status.h"

namespace broadsheet::base {

// "<action> <path>: <reason>" for an errno value. NOT_FOUND for a missing file, PERMISSION_DENIED
// for missing rights and read-only file systems, RESOURCE_EXHAUSTED for a full disk or quota (the
// message ends in "disk full; free space and run again"), a file size limit and too many open
// files, DATA_LOSS
// for an I/O error of the device, INTERNAL for the rest.
absl::Status FileError(int error, std::string_view action, const std::filesystem::path& path);

// What every full disk is reported with, whoever noticed it.
inline constexpr std::string_view kDiskFull = "disk full; free space and run again";

// ENOSPC and EDQUOT.
bool IsDiskFull(int error);

}  // namespace broadsheet::base
