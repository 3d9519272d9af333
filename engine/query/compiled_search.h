// SPDX-License-Identifier: GPL-3.0-or-later
// What a plan's query and filter become over one snapshot, for a search and for what counts its
// hits.
#pragma once

#include <xapian.h>

#include <optional>

#include "absl/status/statusor.h"
#include "engine/base/call_control.h"
#include "engine/query/compile/compiler.h"
#include "engine/query/plan/search_plan.h"
#include "engine/query/search_context.h"

namespace broadsheet::query {

struct CompiledSearch {
  std::optional<Node> root;  // the query's tree as it is searched for; none = no query
  CompiledQuery query;
  Xapian::Query filter;  // the plan's, and what readers may see
  Xapian::Query whole;   // the query narrowed by the filter
};

// With which a plan's query is compiled. All that is passed outlives it.
CompilerInput InputOf(const SearchPlan& plan, MatchContext& match, const SearchContext& context,
                      const base::CallControl& call);

// `input` is of InputOf(plan). INVALID_ARGUMENT as Compile(); throws what Xapian and the deadline
// throw. The queries hold pointers to input.match.
absl::StatusOr<CompiledSearch> CompileSearch(const SearchPlan& plan, const CompilerInput& input);

}  // namespace broadsheet::query
