// SPDX-License-Identifier: GPL-3.0-or-later
// Whether live/ of a generation holds together, by itself and with base/. MANIFEST does not vouch
// for it: it changes.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/storage/base/generation.h"

namespace broadsheet::storage {

struct LiveCounts {
  uint64_t articles = 0;
  // Articles of base/ that were replaced or deleted.
  uint64_t superseded = 0;
  // Deletions of articles that base/ never had: put and deleted again, or deleted in an earlier
  // generation, which a later one may have to learn of.
  uint64_t passed = 0;
  // Articles put and deleted before a rebuild folded that into base/.
  uint64_t folded = 0;
  bool empty() const { return total() == 0; }
  uint64_t total() const { return articles + superseded + passed + folded; }
};

// "2 articles put, 1 of its own replaced or deleted", and what there is of the others.
std::string Describe(const LiveCounts& counts);

// What was written since `generation` was built. Errors as Snapshot::Open.
absl::StatusOr<LiveCounts> CountLive(const std::shared_ptr<const Generation>& generation);

// Xapian's own check; each document has an Article, is found by its id and by no other document's,
// and hides the one of base/ that has its id; each tombstone hides a document of base/. Empty when
// there is no live/. A writer may go on meanwhile: the check begins again when it was overtaken,
// ABORTED when that keeps happening. CANCELLED when `cancelled` (may be empty) says so.
// The result has the faults, one line each, naming live/.
absl::StatusOr<std::vector<std::string>> CheckLive(
    const std::shared_ptr<const Generation>& generation, const std::function<bool()>& cancelled);

}  // namespace broadsheet::storage
