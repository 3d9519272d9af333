// SPDX-License-Identifier: GPL-3.0-or-later
// Checks the files of base/ against MANIFEST.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/storage/index/manifest.h"

namespace broadsheet::storage {

// kContents reads all of base/.
enum class FileCheck : uint8_t { kSizes, kContents };

// Returns the faults, one a line, each naming its file; empty when there are none. `generation` is
// generations/NNNNNN. A file that is missing or fails to be read is a fault; errors of FileError
// that do not depend on the file's content (rights, file descriptors) end the check. CANCELLED once
// `cancelled` (may be empty), polled before each MiB that is read, returns true; a caller that
// wants to read slowly waits in `cancelled`.
absl::StatusOr<std::vector<std::string>> CheckBase(const std::filesystem::path& generation,
                                                   const Manifest& manifest, FileCheck check,
                                                   const std::function<bool()>& cancelled);

// DATA_LOSS that names the generation and lists `faults`, which CheckBase or CheckLive returned.
absl::Status DamagedGeneration(const std::filesystem::path& generation,
                               const std::vector<std::string>& faults);

}  // namespace broadsheet::storage
