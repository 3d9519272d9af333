// SPDX-License-Identifier: GPL-3.0-or-later
// Lists the copies of an article, for ListArticleCopies.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "broadsheet/v1/search_service.pb.h"
#include "engine/query/match/match_context.h"
#include "engine/query/rank/page_token.h"

namespace broadsheet::query {

// The request but for its read_mask, checked and with defaults.
struct CopiesPlan {
  std::string id;
  uint32_t page_size = 0;
  uint64_t query_hash = 0;       // of what must be the same from page to page
  std::optional<DateKey> after;  // the last copy of the page before
};

// INVALID_ARGUMENT as search_service.proto says; the id is checked elsewhere.
absl::StatusOr<CopiesPlan> MakeCopiesPlan(const v1::ListArticleCopiesRequest& request);

// `doc` is the article of plan.id, which may be seen at `now`. The articles have all their fields.
// Errors of reading articles; throws what Xapian and the deadline throw.
absl::StatusOr<v1::ListArticleCopiesResponse> ListCopies(MatchContext& context,
                                                         const CopiesPlan& plan,
                                                         storage::DocRef doc, absl::Time now);

}  // namespace broadsheet::query
