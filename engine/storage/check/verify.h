// SPDX-License-Identifier: GPL-3.0-or-later
// Proof that a generation is whole: what a build does before it publishes and an admin on demand.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>

#include "absl/status/status.h"

namespace broadsheet::storage {

struct VerifyOptions {
  // Every file of base/ against MANIFEST. Without it nothing guards the steps below against a
  // damaged database, which Xapian 1.4.22 may read out of bounds: leave it out only for files that
  // were just written.
  bool checksums = true;
  // Xapian's own checker: reads every table again.
  bool glass_check = true;
  // Articles, spread over the whole range, that are read, looked up by id and compared with their
  // token runs.
  uint32_t sample = 200;
  // Polled between the steps and about once a millisecond of reading; may be empty.
  std::function<bool()> cancelled;
};

// Verifies one generation folder: base/ against MANIFEST, and live/ as CheckLive does. ABORTED when
// live/ is being written too fast to be checked.
// OK; DATA_LOSS whose message lists every fault found, one a line, naming the file (when a file is
// not what MANIFEST says, the steps after the checksums are left out); NOT_FOUND, DATA_LOSS or
// FAILED_PRECONDITION of ReadManifest; CANCELLED when asked to stop.
absl::Status VerifyGeneration(const std::filesystem::path& folder, const VerifyOptions& options);

}  // namespace broadsheet::storage
