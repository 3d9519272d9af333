// SPDX-License-Identifier: GPL-3.0-or-later
// The generations of an index: list, inspect, clean up.
#pragma once

#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/storage/index_lock.h"
#include "engine/storage/layout.h"
#include "engine/storage/manifest.h"

namespace broadsheet::storage {

struct GenerationInfo {
  uint64_t number = 0;
  bool current = false;
  uint64_t bytes_on_disk = 0;
  // Why it cannot be served (no MANIFEST: a build that never finished), or OK.
  absl::Status state;
  Manifest manifest;  // meaningful when state is OK
};

// Oldest first. Reads folders and manifests only; takes no lock.
absl::StatusOr<std::vector<GenerationInfo>> ListGenerations(const Layout& layout);

// Removes what builds that never finished left behind: folders without a whole MANIFEST, except
// `keep`. The holder of the lock is the only writer, so nothing that is being built is touched.
// Returns the numbers removed.
absl::StatusOr<std::vector<uint64_t>> RemoveAbandoned(const Layout& layout, const IndexLock& lock);

// Removes published generations but the current and the `keep` newest before it.
absl::StatusOr<std::vector<uint64_t>> Prune(const Layout& layout, const IndexLock& lock,
                                            size_t keep);

}  // namespace broadsheet::storage
