// SPDX-License-Identifier: GPL-3.0-or-later
// What has become of the folder of one generation.
//
//   (no folder) -> unfinished -> finished -> published
//
// A build claims the folder, works in its kWorkName, writes MANIFEST, has what MANIFEST vouches for
// verified, and only then removes the folder of its work (MarkFinished) or has CURRENT name it
// (SetCurrent, which leaves kPublishedName). So MANIFEST alone does not tell: a build that dies
// before it has verified must not be taken for a generation to go back to. Removing a generation
// takes MANIFEST first: what is left after a crash counts as unfinished again.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

#include "absl/status/status.h"

namespace broadsheet::storage {

enum class GenerationState : uint8_t {
  // A build is at it, or a build or its removal was broken off. Nobody opens it.
  kUnfinished,
  // Whole, and never published: nobody has written to it.
  kFinished,
  // It is the published generation, or was: it may have been written to, and one can go back to it.
  kPublished,
};

// The state of the generation in this folder; kUnfinished when there is none. What cannot be looked
// at counts as published, so that nobody removes it.
GenerationState ReadGenerationState(const std::filesystem::path& generation);

// Inside one generation's folder: where its build works.
inline constexpr std::string_view kWorkName = "tmp";

// Removes the folder of the work, durably. OK when there is none. Errors of FileError.
absl::Status MarkFinished(const std::filesystem::path& generation);

// Removes the folder of a generation that nobody has open. Errors of FileError.
absl::Status RemoveGeneration(const std::filesystem::path& generation);

}  // namespace broadsheet::storage
