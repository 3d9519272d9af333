// SPDX-License-Identifier: GPL-3.0-or-later
// Folds what was written to the published generation since it was built into the base of a new one.
#pragma once

#include <optional>

#include "absl/status/statusor.h"
#include "engine/indexing/publish/index_build.h"

namespace broadsheet::indexing {

// Publishes a generation of the articles that readers see, all of them in base/, which answers
// every search as base/ and live/ did together. Articles that were replaced, deleted or taken down
// are left behind. nullopt, and nothing done, when there is nothing to fold: no writes, and no
// article of base/ that was taken down.
//
// It is a Rebuild (rebuild.h, whose options and errors are these) that changes no term:
// FAILED_PRECONDITION, naming the command that does, when the published generation is of another
// analyser version. Why it analyses again rather than take the terms over:
// docs/decisions/0005-compact-analyses-again.md.
absl::StatusOr<std::optional<BuildReport>> Compact(BuildOptions options);

}  // namespace broadsheet::indexing
