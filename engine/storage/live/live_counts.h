// SPDX-License-Identifier: GPL-3.0-or-later
// How much was written to a generation since it was built.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "engine/storage/base/generation.h"

namespace broadsheet::storage {

struct LiveCounts {
  uint64_t articles = 0;
  // Articles of base/ that a write superseded: replaced or deleted.
  uint64_t superseded = 0;
  // Deletions of articles that base/ never had: put and deleted again, or deleted in an earlier
  // generation and remembered for a later one.
  uint64_t passed = 0;
  // Puts and deletions that a rebuild has folded into base/.
  uint64_t folded = 0;
  bool empty() const { return total() == 0; }
  uint64_t total() const { return articles + superseded + passed + folded; }
};

// "2 articles put, 1 of its own replaced or deleted", then the other counts that are not 0.
std::string Describe(const LiveCounts& counts);

// Counts what was written since `generation` was built. Errors as Snapshot::Open.
absl::StatusOr<LiveCounts> CountLive(const std::shared_ptr<const Generation>& generation);

}  // namespace broadsheet::storage
