// SPDX-License-Identifier: GPL-3.0-or-later
// The generations of an index: list, inspect, clean up.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/storage/index/generation_claim.h"
#include "engine/storage/index/generation_state.h"
#include "engine/storage/index/index_lock.h"
#include "engine/storage/index/layout.h"
#include "engine/storage/index/manifest.h"

namespace broadsheet::storage {

struct GenerationInfo {
  uint64_t number = 0;
  bool current = false;
  uint64_t bytes_on_disk = 0;
  GenerationState state = GenerationState::kUnfinished;
  // OK, or why the generation cannot be served: unfinished, or the error of ReadManifest.
  absl::Status problem;
  Manifest manifest;  // meaningful when there is no problem
};

// Describes the generation with this number, which exists. Reads its folder and MANIFEST only.
GenerationInfo InspectGeneration(const Layout& layout, uint64_t number);

// Describes all of them, oldest first. Reads folders and manifests only; takes no lock.
absl::StatusOr<std::vector<GenerationInfo>> ListGenerations(const Layout& layout);

// Removes the unfinished generations that builds left behind, but never the one that CURRENT names,
// nor one in which a process is building (GenerationClaim), nor one with a damaged MANIFEST, which
// a person should inspect. `lock` records their numbers. Returns the numbers removed.
absl::StatusOr<std::vector<uint64_t>> RemoveAbandoned(IndexLock& lock);

// Calls RemoveAbandoned and claims the next generation. Errors of RemoveAbandoned and
// GenerationClaim::Take.
absl::StatusOr<GenerationClaim> ClaimNext(IndexLock& lock);

// Removes all generations except the published one, the `keep` newest before it that were
// published, and those that a process has open (a later call removes these). Returns the error of
// ReadCurrent when it cannot tell which one is published. `lock` records their numbers. Returns the
// numbers removed.
absl::StatusOr<std::vector<uint64_t>> Prune(IndexLock& lock, size_t keep);

}  // namespace broadsheet::storage
