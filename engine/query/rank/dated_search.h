// SPDX-License-Identifier: GPL-3.0-or-later
// Newest or oldest first, undated last, equal times by id.
//
// Base and live are searched apart and merged: over both as one database Xapian cannot stop early.
// Base's docids are in newest-first order, so newest first costs what is read and no more, and the
// place where a page goes on is found by bisection, in whatever generation. Oldest first sorts base
// by key. Live has no order: all that matches there is read, in one pass over its values.
#pragma once

#include <optional>

#include "absl/status/statusor.h"
#include "engine/query/match/match_context.h"
#include "engine/query/match/matches.h"
#include "engine/query/rank/page_token.h"

namespace broadsheet::query {

struct DatedPage {
  MatchPage page;
  DateKey last;  // of the page's last match; meaningful when there is one
};

struct DatedRequest {
  bool newest = true;
  std::optional<DateKey> after = {};  // the last hit of the page before
  uint32_t skip = 0;
  uint32_t count = 0;
  uint32_t total_check_limit = 0;  // totals are exact below this
};

// Throws what Xapian and the deadline throw; other errors are of reading articles.
absl::StatusOr<DatedPage> SearchDated(MatchContext& context, const Xapian::Query& query,
                                      const DatedRequest& request);

}  // namespace broadsheet::query
