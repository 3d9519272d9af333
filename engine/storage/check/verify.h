// SPDX-License-Identifier: GPL-3.0-or-later
// Verifies that a generation is whole, before a build publishes it and when an admin asks.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>

#include "absl/status/status.h"
#include "engine/storage/index/manifest.h"

namespace broadsheet::storage {

struct VerifyOptions {
  // Compares every file of base/ with MANIFEST. Without it, the steps below may read a damaged
  // database, in which Xapian 1.4.22 may read out of bounds: set to false only for files that were
  // just written.
  bool checksums = true;
  // Runs Xapian's own checker, which reads every table again.
  bool glass_check = true;
  // How many articles, spread over the whole range, are read, looked up by id and compared with
  // their token runs.
  uint32_t sample = 200;
  // With kStoredArticles, generations of earlier versions are verified, too, as far as that needs
  // what this version knows.
  Use use = Use::kSearch;
  // Polled between the steps and about once a millisecond of reading; may be empty.
  std::function<bool()> cancelled;
};

// Verifies one generation folder: base/ against MANIFEST, and live/ as CheckLive does. ABORTED when
// live/ is being written too fast to be checked. DATA_LOSS whose message lists every fault found,
// one a line, naming the file (when a file differs from MANIFEST, the steps after the checksums are
// left out); NOT_FOUND, DATA_LOSS or FAILED_PRECONDITION of ReadManifest; CANCELLED when
// `cancelled` returns true.
absl::Status VerifyGeneration(const std::filesystem::path& folder, const VerifyOptions& options);

}  // namespace broadsheet::storage
