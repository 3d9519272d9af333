// SPDX-License-Identifier: GPL-3.0-or-later
// All that a search has to know of its request, checked and with defaults filled in. Nothing behind
// this sees the request, and nothing here looks at an index.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "broadsheet/v1/search_service.pb.h"
#include "engine/query/compile/compiler_input.h"
#include "engine/query/compile/filters.h"
#include "engine/query/highlight/highlighter.h"
#include "engine/query/plan/read_mask.h"
#include "engine/query/rank/page_token.h"
#include "engine/query/rank/ranking_profile.h"
#include "engine/query/syntax/limits.h"
#include "engine/query/syntax/parser.h"

namespace broadsheet::query {

enum class SortOrder : uint8_t {
  kRelevance,
  kNewest,
  kOldest,
};

// A plain value; the same for every snapshot of a generation.
struct SearchPlan {
  // What to find.
  std::string query;                  // as typed
  std::optional<ParsedQuery> parsed;  // absent = every article that passes the filter
  MatchMode match = MatchMode::kAll;
  Filter filter;
  // Those of MakePlan(), more where any word is enough (Limits::ForAnyWord), less in
  // max_expanded_leaves what the values of the filter take up.
  Limits limits;
  absl::TimeZone zone;   // of dates in the query
  bool synonyms = true;  // words stand for their synonyms, too

  // In which order, and which page of it.
  SortOrder sort = SortOrder::kRelevance;
  RankingProfile profile = {};
  absl::Duration recency_half_life;  // more than zero
  double recency_cap = 0;
  uint32_t page_size = 0;
  uint32_t skip = 0;
  std::optional<PageToken> token;  // absent = the first page
  uint64_t query_hash = 0;         // of all that must be the same from page to page

  // What the answer holds.
  ReadMask read_mask;
  std::optional<HighlightSettings> highlight;  // absent = none
  bool explain = false;
  bool exact_total = false;

  // One article for each story.
  bool collapse_copies = false;
};

// The search whose hits another request is about. INVALID_ARGUMENT for what only that request has:
// an export's order by relevance, a key that is too long, a negative sample.
absl::StatusOr<v1::SearchArticlesRequest> SearchOf(const v1::ExportArticlesRequest& request);
absl::StatusOr<v1::SearchArticlesRequest> SearchOf(const v1::CountQueriesRequest& request);

// What a request with neither a query nor a filter asks for.
enum class BlankRequest : uint8_t { kRefused, kEveryArticle };

// INVALID_ARGUMENT as search_service.proto says; ABORTED with PAGE_TOKEN_STALE when the token is of
// another generation than `build_id` and its order is by relevance.
absl::StatusOr<SearchPlan> MakePlan(const v1::SearchArticlesRequest& request, const Limits& limits,
                                    const RankingOptions& ranking, const std::string& build_id,
                                    BlankRequest blank = BlankRequest::kRefused);

// `tree`, the plan's query or a part of it, as it is searched for: with synonyms, and loosened
// where any word is enough. `input` is the plan's.
Node TreeToSearchFor(const SearchPlan& plan, Node tree, const CompilerInput& input);

}  // namespace broadsheet::query
