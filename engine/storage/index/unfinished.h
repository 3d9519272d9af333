// SPDX-License-Identifier: GPL-3.0-or-later
// Which generations were never finished: those that still have the folder their build worked in,
// and were not published.
//
// MANIFEST alone does not tell: a build writes it, verifies what it vouches for, and only then
// publishes. One that dies in between must not be taken for a generation to go back to.
#pragma once

#include <filesystem>
#include <string_view>

#include "absl/status/status.h"

namespace broadsheet::storage {

// Inside one generation's folder.
inline constexpr std::string_view kWorkName = "tmp";

// Whether a build is at `generation`, or died on the way.
bool IsUnfinished(const std::filesystem::path& generation);

// Removes the folder of the work, durably: the generation is finished. OK when there is none.
// Errors of FileError.
absl::Status RemoveWorkFolder(const std::filesystem::path& generation);

}  // namespace broadsheet::storage
