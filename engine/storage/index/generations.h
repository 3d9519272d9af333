// SPDX-License-Identifier: GPL-3.0-or-later
// The generations of an index: list, inspect, clean up.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/storage/index/index_lock.h"
#include "engine/storage/index/layout.h"
#include "engine/storage/index/manifest.h"

namespace broadsheet::storage {

struct GenerationInfo {
  uint64_t number = 0;
  bool current = false;
  uint64_t bytes_on_disk = 0;
  // OK, or why it cannot be served, as ReadManifest says it (NOT_FOUND: a build that is running or
  // never finished).
  absl::Status state;
  Manifest manifest;  // meaningful when state is OK
};

// Describes the generation with this number, which exists. Reads its folder and MANIFEST only.
GenerationInfo InspectGeneration(const Layout& layout, uint64_t number);

// Describes all of them, oldest first. Reads folders and manifests only; takes
// no lock.
absl::StatusOr<std::vector<GenerationInfo>> ListGenerations(const Layout& layout);

// Removes what builds that never finished left behind: folders without a MANIFEST, and those that
// IsUnfinished; never the one that CURRENT names, nor one that a process
// is building in (GenerationClaim). One with a damaged MANIFEST is left for a person to look at.
// `lock` records the numbers. Returns those removed.
absl::StatusOr<std::vector<uint64_t>> RemoveAbandoned(const Layout& layout, IndexLock& lock);

// Removes generations but the current, the `keep` newest before it that were published, and those
// that a process has open (they go with the next call). Refuses with the error of ReadCurrent when
// it cannot tell which one is current. `lock` records the numbers. Returns those removed.
absl::StatusOr<std::vector<uint64_t>> Prune(const Layout& layout, IndexLock& lock, size_t keep);

}  // namespace broadsheet::storage
