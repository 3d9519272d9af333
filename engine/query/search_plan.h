// SPDX-License-Identifier: GPL-3.0-or-later
// A request, checked and with its defaults filled in; nothing here looks at an index.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "broadsheet/v1/search_service.pb.h"
#include "engine/query/highlight/highlighter.h"
#include "engine/query/rank/page_token.h"
#include "engine/query/rank/ranking_profile.h"
#include "engine/query/read_mask.h"
#include "engine/query/syntax/limits.h"
#include "engine/query/syntax/parser.h"

namespace broadsheet::query {

struct SearchPlan {
  std::optional<ParsedQuery> parsed;              // absent = every article that passes the filter
  v1::SortOrder sort = v1::SORT_ORDER_RELEVANCE;  // never UNSPECIFIED
  uint32_t page_size = 0;
  uint32_t skip = 0;
  absl::TimeZone zone;
  ReadMask read_mask;
  RankingProfile profile = {};
  absl::Duration recency_half_life;  // more than zero
  double recency_cap = 0;
  std::optional<HighlightSettings> highlight;  // absent = none
  uint64_t query_hash = 0;
  std::optional<PageToken> token;  // absent = the first page
};

// INVALID_ARGUMENT as search_service.proto says; ABORTED with PAGE_TOKEN_STALE when the token is of
// another generation than `build_id` and its order is by relevance.
absl::StatusOr<SearchPlan> MakePlan(const v1::SearchArticlesRequest& request, const Limits& limits,
                                    const RankingOptions& ranking, const std::string& build_id);

}  // namespace broadsheet::query
