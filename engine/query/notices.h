// SPDX-License-Identifier: GPL-3.0-or-later
// Notices: what a reader ought to know about an answer, above all about an empty one.
//
// Any answer may have them: a wildcard that stands for too many words (WILDCARD_TRUNCATED), a word
// that was shortened (LONG_WORD), `us` that may have meant the country (CASE_MATTERS), a value that
// was likely meant to be quoted (UNQUOTED_VALUE), how many undated articles would match but for the
// dates (UNDATED_EXCLUDED). An answer without hits also names values that no article has, each with
// the nearest one (NO_SUCH_VALUE), and the largest part of the query that finds something
// (PARTIAL_MATCH). None of them tells of an article that readers may not see.
#pragma once

#include <xapian.h>

#include "absl/status/status.h"
#include "broadsheet/v1/search_service.pb.h"
#include "engine/query/compile/compiler.h"
#include "engine/query/plan/search_plan.h"

namespace broadsheet::query {

// A search that has been matched. All that is referred to outlives the call.
struct MatchedSearch {
  const SearchPlan& plan;
  const CompilerInput& input;   // that its query was compiled with
  const Node* root;             // the tree that was compiled; null when there is no query
  const CompiledQuery& query;   // what it was compiled to
  const Xapian::Query& filter;  // the plan's filter, and what readers may see
};

// Adds the notices of `search` to `response`, which has the total already, and the query that it
// suggests. Looks at a bounded part of the vocabulary and counts a bounded number of times. Errors
// as Compile(); throws what Xapian and the deadline throw.
absl::Status AddNotices(const MatchedSearch& search, v1::SearchArticlesResponse* response);

}  // namespace broadsheet::query
