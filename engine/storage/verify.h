// SPDX-License-Identifier: GPL-3.0-or-later
// Proof that a generation is whole: what a build does before it publishes and an admin on demand.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"

namespace broadsheet::storage {

struct VerifyOptions {
  bool checksums = true;    // every file of base/ against MANIFEST
  bool glass_check = true;  // Xapian's own checker
  uint32_t sample = 200;    // articles looked up by id, read, and compared with their token runs
  std::function<bool()> cancelled;  // may be empty
};

// OK, or DATA_LOSS whose message lists every fault found, one a line, naming the file.
// CANCELLED when asked to stop.
absl::Status VerifyGeneration(const std::filesystem::path& folder, const VerifyOptions& options);

}  // namespace broadsheet::storage
