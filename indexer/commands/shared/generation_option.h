// SPDX-License-Identifier: GPL-3.0-or-later
// --generation N, of the commands that look at one generation.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <filesystem>

#include "absl/status/statusor.h"
#include "engine/storage/index/layout.h"

namespace broadsheet::commands {

// 0 = the published one; numbers start at 1.
void AddGenerationOption(CLI::App& command, uint64_t* number);

// NOT_FOUND when there is no generation of this number; errors of storage::ReadCurrent.
absl::StatusOr<std::filesystem::path> GenerationFolder(const storage::Layout& layout,
                                                       uint64_t number);

}  // namespace broadsheet::commands
