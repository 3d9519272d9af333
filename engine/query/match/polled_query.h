// SPDX-License-Identifier: GPL-3.0-or-later
// Joins queries so that a deadline can stop them.
//
// Xapian calls none of our code while it skips documents that do not match or score too low: it
// moves posting lists until one is left, which takes seconds with hundreds of lists. So large
// queries get posting sources that match everything and only poll the deadline, in places where
// Xapian must ask them. A query with few lists needs none: it is quick to move all of them from end
// to end.
#pragma once

#include <xapian.h>
#include <vector>

#include "engine/query/match/match_context.h"

namespace broadsheet::query {

// The most posting lists that a query may have without polling. 32 lists of 72,000 documents each,
// more than any 32 terms of such an index have, take 70 ms.
inline constexpr Xapian::termcount kMostUnpolledLists = 32;

// The OR of the queries; empty when all are. `context` must outlive the result, here and below.
Xapian::Query AnyOf(MatchContext& context, const std::vector<Xapian::Query>& queries);

// The AND of the queries, of which there is at least one.
Xapian::Query AllOf(MatchContext& context, const std::vector<Xapian::Query>& queries);

// `query`; if it is large, polls at each document that it finds.
Xapian::Query Polled(MatchContext& context, const Xapian::Query& query);

// A query that walks from document to document within Xapian (a range of values), polling at each.
Xapian::Query PolledRange(MatchContext& context, const Xapian::Query& range);

}  // namespace broadsheet::query
