// SPDX-License-Identifier: GPL-3.0-or-later
// Joins queries so that a deadline can stop them.
//
// Xapian calls nothing of ours while it passes over documents that do not match, or that score too
// low to be listed: it moves posting lists until one is left, and with hundreds of lists that takes
// seconds. So large queries get posting sources that match everything and only poll the deadline,
// where Xapian cannot pass them by. A query of few lists needs none: moving them all from end to
// end is quick.
#pragma once

#include <xapian.h>
#include <vector>

#include "engine/query/match/match_context.h"

namespace broadsheet::query {

// Posting lists that are walked through without a poll. 32 lists of 72,000 documents each, more
// than any 32 terms of such an index have, take 70 ms.
inline constexpr Xapian::termcount kMostUnpolledLists = 32;

// The OR of the queries; empty when all are. `context` must outlive it, here and below.
Xapian::Query AnyOf(MatchContext& context, const std::vector<Xapian::Query>& queries);

// The AND of the queries, of which there is at least one.
Xapian::Query AllOf(MatchContext& context, const std::vector<Xapian::Query>& queries);

// `query`, polling at each document that it finds when it is a large one.
Xapian::Query Polled(MatchContext& context, const Xapian::Query& query);

// A query that walks from document to document within Xapian (a range of values), polling at each.
Xapian::Query PolledRange(MatchContext& context, const Xapian::Query& range);

}  // namespace broadsheet::query
