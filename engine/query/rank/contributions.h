// SPDX-License-Identifier: GPL-3.0-or-later
// What each part of a query adds to the scores of its hits, for people who ask why.
//
// A score is a sum over the parts, and what one part adds depends on nothing else in the query. So
// each part is matched once more, by itself, against the documents of one page.
#pragma once

#include <xapian.h>
#include <vector>

#include "broadsheet/v1/search_service.pb.h"
#include "engine/query/compile/compiler.h"
#include "engine/query/match/match_context.h"

namespace broadsheet::query {

// For each of `docs`, docids of context.snapshot.both(), the parts that match it, in their order.
// `weight` is the scheme that the search ranked by. A way of ranking that adds a query of its own
// to the score adds it to `parts` too. Throws what Xapian and the deadline throw.
std::vector<std::vector<v1::ScoreContribution>> ContributionsTo(
    MatchContext& context, const std::vector<ScoredPart>& parts, const Xapian::Weight& weight,
    const std::vector<Xapian::docid>& docs);

}  // namespace broadsheet::query
