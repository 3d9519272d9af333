// SPDX-License-Identifier: GPL-3.0-or-later
// A search that has been matched, for what is said of it beside its hits.
#pragma once

#include <xapian.h>

#include "engine/query/compile/compiler.h"
#include "engine/query/plan/search_plan.h"

namespace broadsheet::query {

// All that is referred to outlives it.
struct MatchedSearch {
  const SearchPlan& plan;
  const CompilerInput& input;   // that its query was compiled with
  const Node* root;             // the tree that was compiled; null when there is no query
  const CompiledQuery& query;   // what it was compiled to
  const Xapian::Query& filter;  // the plan's filter, and what readers may see
};

}  // namespace broadsheet::query
