// SPDX-License-Identifier: GPL-3.0-or-later
// Best match first: BM25 over base and live as one database.
#pragma once

#include "engine/query/limits.h"
#include "engine/query/match_context.h"
#include "engine/query/matches.h"

namespace broadsheet::query {

// Hits offset .. offset + count - 1. Equal scores are ordered by docid: newest first within base.
// Throws what Xapian and the deadline throw.
MatchPage SearchRanked(MatchContext& context, const Xapian::Query& query, uint32_t offset,
                       uint32_t count, const Limits& limits, bool list_terms);

// How many articles match, in any order.
v1::Total CountMatches(MatchContext& context, const Xapian::Query& query, const Limits& limits);

}  // namespace broadsheet::query
