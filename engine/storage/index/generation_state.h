// SPDX-License-Identifier: GPL-3.0-or-later
// The state of one generation's folder.
//
//   (no folder) -> unfinished -> finished -> published
//
// A build claims the folder, works in its subfolder kWorkName, writes MANIFEST, verifies the files,
// and only then removes the subfolder (MarkFinished) or makes CURRENT name the generation
// (SetCurrent, which also writes kPublishedName). So MANIFEST alone does not mean finished: a
// rollback must never choose a generation whose build died before verifying. Removing a generation
// removes MANIFEST first, so that the rest left by a crash counts as unfinished again.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

#include "absl/status/status.h"

namespace broadsheet::storage {

enum class GenerationState : uint8_t {
  // A build is under way, or a build or a removal was interrupted. Nobody opens it.
  kUnfinished,
  // Complete, and never published: nobody has written to it.
  kFinished,
  // Is or was the published generation: it may have writes, and a rollback can choose it.
  kPublished,
};

// The state of the generation in this folder; kUnfinished when there is no folder. A folder that
// cannot be examined counts as published, so that nobody removes it.
GenerationState ReadGenerationState(const std::filesystem::path& generation);

// Inside one generation's folder: the subfolder in which its build works.
inline constexpr std::string_view kWorkName = "tmp";

// Removes the subfolder kWorkName, durably. OK when there is none. Errors of FileError.
absl::Status MarkFinished(const std::filesystem::path& generation);

// Removes the folder of a generation that nobody has open. Errors of FileError.
absl::Status RemoveGeneration(const std::filesystem::path& generation);

}  // namespace broadsheet::storage
