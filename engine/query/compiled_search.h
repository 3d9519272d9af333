// SPDX-License-Identifier: GPL-3.0-or-later
// A plan compiled for one snapshot: which articles it finds. Searches, exports and counts begin
// with it, so that all of them find the same.
#pragma once

#include <xapian.h>

#include <optional>

#include "absl/status/statusor.h"
#include "engine/base/call_control.h"
#include "engine/query/compile/compiler.h"
#include "engine/query/compile/compiler_input.h"
#include "engine/query/match/match_context.h"
#include "engine/query/search_context.h"
#include "engine/query/search_plan.h"

namespace broadsheet::query {

// What a plan's query and filter become over one snapshot.
struct CompiledSearch {
  std::optional<Node> root;  // the query's tree as it is searched for; none = no query
  CompiledQuery query;
  Xapian::Query filter;  // the plan's, and what readers may see
  Xapian::Query whole;   // the query narrowed by the filter
};

// What `plan` is compiled with. Refers to its arguments.
CompilerInput InputOf(const SearchContext& context, const SearchPlan& plan, MatchContext& match,
                      const base::CallControl& call);

// INVALID_ARGUMENT as Compile(). Throws what Xapian and the deadline throw.
absl::StatusOr<CompiledSearch> CompileSearch(const SearchContext& context, const SearchPlan& plan,
                                             const CompilerInput& input);

}  // namespace broadsheet::query
