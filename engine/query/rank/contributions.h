// SPDX-License-Identifier: GPL-3.0-or-later
// Computes what each part of a query adds to the scores of its hits, to explain the ranking.
//
// A score is a sum over the parts of the query, and the parts are independent. So each part is
// matched again, by itself, against the documents of one page.
#pragma once

#include <xapian.h>
#include <vector>

#include "broadsheet/v1/search_service.pb.h"
#include "engine/query/compile/compiler.h"
#include "engine/query/match/match_context.h"

namespace broadsheet::query {

// For each of `docs`, docids of context.snapshot.both(), the parts that match it, in their order.
// `weight` is the weighting scheme of the search. A ranking that adds a query of its own to the
// score must add it to `parts` too. Throws Xapian's exceptions and DeadlineError.
std::vector<std::vector<v1::ScoreContribution>> ContributionsTo(
    MatchContext& context, const std::vector<ScoredPart>& parts, const Xapian::Weight& weight,
    const std::vector<Xapian::docid>& docs);

}  // namespace broadsheet::query
