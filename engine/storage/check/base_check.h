// SPDX-License-Identifier: GPL-3.0-or-later
// Whether the files of base/ are those that MANIFEST vouches for.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/storage/index/manifest.h"

namespace broadsheet::storage {

// Contents cost a reading of all of base/.
enum class FileCheck : uint8_t { kSizes, kContents };

// The faults, one a line, each naming its file; empty when there is none. `generation` is
// generations/NNNNNN. A file that is missing or fails to be read is a fault; errors of FileError
// that say nothing of the file's content (rights, file descriptors) end the check. CANCELLED as
// soon as `cancelled` (may be empty), polled before each MiB that is read, says so: whoever wants
// to read slowly waits there.
absl::StatusOr<std::vector<std::string>> CheckBase(const std::filesystem::path& generation,
                                                   const Manifest& manifest, FileCheck check,
                                                   const std::function<bool()>& cancelled);

// DATA_LOSS that lists `faults`, of CheckBase and its like, under the generation they are of.
absl::Status DamagedGeneration(const std::filesystem::path& generation,
                               const std::vector<std::string>& faults);

}  // namespace broadsheet::storage
