// SPDX-License-Identifier: GPL-3.0-or-later
// What has become of the folder of one generation: finished or not, published or not.
//
// One that still has the folder its build worked in, and was not published, was never finished.
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

// Whether the generation in this folder is or was the published one: only then did anybody write to
// it, and can one go back to it.
bool WasPublished(const std::filesystem::path& generation);

// Removes the folder of a generation that nobody has open: MANIFEST first, so that a crash on the
// way leaves an abandoned generation and not a damaged one. Errors of FileError.
absl::Status RemoveGeneration(const std::filesystem::path& generation);

}  // namespace broadsheet::storage
