// SPDX-License-Identifier: GPL-3.0-or-later
// Keeps a ranked match from losing hits of the second of two databases.
//
// Xapian searches base and live one after the other, and tells the lists of live at their first
// move what base's hits leave them to reach. An OR that has not moved yet cannot bear that: it
// becomes an AND MAYBE that checks its optional part at docid 0 (AndMaybePostList::sync_rhs), and a
// part that is an AND takes this for its end, and is lost (Xapian 1.4.22 to 1.4.29).
#pragma once

#include <xapian.h>

#include "engine/query/match/match_context.h"

namespace broadsheet::query {

// `query`, which is told of no least weight in a database before its first match there. Returns
// `query` itself where there is one database.
Xapian::Query Started(MatchContext& context, const Xapian::Query& query);

}  // namespace broadsheet::query
