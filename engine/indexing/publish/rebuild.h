// SPDX-License-Identifier: GPL-3.0-or-later
// A new generation of the articles that the published one holds, without their sources.
#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "engine/indexing/bulk/generation_builder.h"
#include "engine/storage/index/index_lock.h"
#include "engine/storage/index/layout.h"

namespace broadsheet::indexing {

// Builds from all that is stored in the published generation and is not superseded, what was
// written since it was built included. The published one may be of another analyser version, as
// long as its format is ours. Articles keep their indexed_time. However few are left, that was
// meant: `keep_indexed_time` and `at_least_half_of` of the options are ignored.
//
// Whoever has the lock may write to the published generation meanwhile. Articles that are not
// written to during the call are taken over exactly; any other may be missing or out of date. Who
// records the ids from before the call on (LiveWriter) can set them right afterwards (handover.h).
//
// Errors of GenerationBuilder, and those of opening the published generation.
absl::StatusOr<BuiltGeneration> BuildFromStored(storage::IndexLock& lock, BuildOptions options);

// Takes the lock, builds from what is stored, and publishes that. `holder` is written to LOCK.
// Errors of ReadCurrent, IndexLock::Acquire, BuildFromStored and PublishGeneration.
absl::StatusOr<BuildReport> Rebuild(const storage::Layout& layout, const std::string& holder,
                                    BuildOptions options);

// A Rebuild that changes no term: every search finds what it found before, and all of it in base/.
// nullopt, and nothing done, when there is nothing to fold: no writes, and no article of base/ that
// was taken down. FAILED_PRECONDITION when the published generation is of another analyser
// version: a Rebuild takes that, too. Why it analyses again rather than take the terms over:
// docs/decisions/0005-compact-analyses-again.md.
absl::StatusOr<std::optional<BuildReport>> Compact(const storage::Layout& layout,
                                                   const std::string& holder, BuildOptions options);

}  // namespace broadsheet::indexing
