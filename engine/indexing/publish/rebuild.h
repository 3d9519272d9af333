// SPDX-License-Identifier: GPL-3.0-or-later
// Builds a new generation from the articles stored in the published one, without their sources.
#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "engine/indexing/bulk/generation_builder.h"
#include "engine/storage/index/index_lock.h"
#include "engine/storage/index/layout.h"

namespace broadsheet::indexing {

// Builds from all articles in the published generation that are not superseded, including those
// written since it was built. The published generation may have another analyser version, but must
// have our format. Articles keep their indexed_time, and their number may shrink to any size: the
// options `keep_indexed_time` and `at_least_half_of` are ignored. Without `assumed_language`, a
// language that an administrator gave is kept, else the one that prevails now is assumed.
//
// The holder of the lock may write to the published generation during the call. Articles not
// written during the call are copied exactly; any other may be missing or out of date. A caller
// that records the written ids from before the call on (LiveWriter) can correct these afterwards
// (handover.h).
//
// Errors of GenerationBuilder, and those of opening the published generation.
absl::StatusOr<BuiltGeneration> BuildFromStored(storage::IndexLock& lock, BuildOptions options);

// Takes the lock, calls BuildFromStored, and publishes the result. `holder` is written to LOCK.
// Errors of ReadCurrent, IndexLock::Acquire, BuildFromStored and PublishGeneration.
absl::StatusOr<BuildReport> Rebuild(const storage::Layout& layout, const std::string& holder,
                                    BuildOptions options);

// A Rebuild that changes no term: every search finds the same articles, now all in base/. The
// language assumed for articles without one stays, whatever prevails by now; the option is ignored.
// Does nothing and returns nullopt when there is nothing to fold: no writes, and no article of
// base/ that was taken down. FAILED_PRECONDITION when the published generation has another analyser
// version, which a Rebuild accepts. docs/decisions/0005-compact-analyses-again.md says why it
// analyses the articles again.
absl::StatusOr<std::optional<BuildReport>> Compact(const storage::Layout& layout,
                                                   const std::string& holder, BuildOptions options);

}  // namespace broadsheet::indexing
