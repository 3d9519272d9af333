// SPDX-License-Identifier: GPL-3.0-or-later
// The result of a match, before any article is read, and the number of matches.
#pragma once

#include <xapian.h>
#include <cstdint>
#include <vector>

#include "broadsheet/v1/search_service.pb.h"
#include "engine/query/match/match_context.h"
#include "engine/storage/live/snapshot.h"

namespace broadsheet::query {

// The parts of a score. None is negative; their sum is the score.
struct ScoreParts {
  double words = 0;        // BM25 of the query's words
  double typed_forms = 0;  // words in the form in which they were typed (evidence.h)
  double cover = 0;        // a headline, tag or byline that is the query (evidence.h)
  double nearness = 0;     // query words near each other (word_pairs.h)
  double centroid = 0;     // likeness to the best hits (centroid.h)
  double recency = 0;      // the article's age (recency.h)

  double Sum() const { return words + typed_forms + cover + nearness + centroid + recency; }
};

struct Match {
  storage::DocRef doc;
  double score = 0;
  ScoreParts parts = {};  // all 0 in date orders
  // What each part of the query adds; only when the request asks for it.
  std::vector<v1::ScoreContribution> contributions = {};
};

// One page of matches, and whether more follow.
struct MatchPage {
  std::vector<Match> matches;
  v1::Total total;
  bool more = false;
};

// Exact when Xapian's bounds are equal, as when the match ended below the check limit; else "at
// least" the lower bound. Xapian's estimate is never used: a phrase of 19 hits was estimated at
// 20,000.
v1::Total TotalOf(const Xapian::MSet& mset);
v1::Total Sum(const v1::Total& a, const v1::Total& b);

// How many articles match, in any order, of those that are not barred: exact below
// `check_limit`. Throws what Xapian and the deadline throw.
v1::Total CountMatches(MatchContext& context, const Xapian::Query& query,
                       Xapian::doccount check_limit);

}  // namespace broadsheet::query
