// SPDX-License-Identifier: GPL-3.0-or-later
// A new generation from the articles that the published one holds, without their sources.
#pragma once

#include "absl/status/statusor.h"
#include "engine/indexing/publish/index_build.h"

namespace broadsheet::indexing {

// The published one may be of another analyser version, as long as its format is ours.
//
// Builds from all that is stored in the published generation and was not replaced, deleted or taken
// down, what was written since it was built included, and publishes it unless told otherwise.
// Articles keep their indexed_time. However few are left, that was meant:
// `options.allow_shrinking`, `live_writes` and `keep_indexed_time` are ignored.
//
// Under LockUse::kBorrow the published generation may be written to meanwhile, by the process that
// lent the lock: each article that was not written to since this was called is taken over as it is,
// and of the others some state or none. Who records them from before the call on (LiveWriter) can
// set them right afterwards (handover.h).
//
// Errors of IndexBuild, and those of opening the published generation.
absl::StatusOr<BuildReport> Rebuild(BuildOptions options);

}  // namespace broadsheet::indexing
