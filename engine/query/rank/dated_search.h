// SPDX-License-Identifier: GPL-3.0-or-later
// Searches in date order: newest or oldest first, undated last, equal times by id.
//
// Base and live are searched separately and merged, because Xapian cannot stop early over both as
// one database. Docids of base are in newest-first order: newest first reads only the hits it
// returns, and bisection finds the start of a further page, in any generation. Oldest first goes
// through base from its end (oldest_first.h). Live is unordered: one pass over its values reads all
// matches.
#pragma once

#include <optional>

#include "absl/status/statusor.h"
#include "engine/query/match/match_context.h"
#include "engine/query/match/matches.h"
#include "engine/query/rank/page_token.h"

namespace broadsheet::query {

struct DatedPage {
  MatchPage page;
  DateKey last;  // key of the page's last match; valid if the page has one
};

struct DatedRequest {
  bool newest = true;
  std::optional<DateKey> after = {};  // the last hit of the page before
  uint32_t skip = 0;
  uint32_t count = 0;
  uint32_t total_check_limit = 0;  // totals are exact below this; 0 = no total is wanted
};

// Throws Xapian's exceptions and DeadlineError; other errors come from reading articles.
absl::StatusOr<DatedPage> SearchDated(MatchContext& context, const Xapian::Query& query,
                                      const DatedRequest& request);

}  // namespace broadsheet::query
