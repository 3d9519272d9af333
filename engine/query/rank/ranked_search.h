// SPDX-License-Identifier: GPL-3.0-or-later
// Searches by relevance, over base and live as one database.
//
// The matcher ranks all articles by the BM25 of the query's words, and by recency if the profile
// has it. Then the best kRescored hits are scored again, from their token runs (rescorer.h).
// Re-scoring only adds to scores, so these hits stay before all others; and it re-scores the same
// hits for every page, so that pages are consistent.
//
// Filters never change what an article scores: what the best hits are about is taken from those of
// the query without its filter. (With a filter, other articles may be among those re-scored.)
#pragma once

#include <optional>
#include <vector>

#include "engine/query/compile/compiler.h"
#include "engine/query/compile/ranked_word.h"
#include "engine/query/match/match_context.h"
#include "engine/query/match/matches.h"
#include "engine/query/rank/recency.h"
#include "engine/weights/word_rarity.h"

namespace broadsheet::query {

// Pools of 30 to 200 give the same ten best hits (docs/relevance.md).
inline constexpr uint32_t kRescored = 100;
// The best of them that gain by the centroid, which costs most; the others stay behind them.
inline constexpr uint32_t kComparedToBest = 50;

// All references must outlive the search.
struct RankedQuery {
  const Xapian::Query& candidates;  // the words, which score
  // Constraints that every hit must meet as well (late_checks.h).
  const std::vector<TokenConstraint>& checks;
  // Restricts hits without scoring: the search's filter, and which articles are released.
  const Xapian::Query& filter;
  // Only which articles are released, if `filter` is narrower; else null.
  const Xapian::Query* released = nullptr;
  const std::vector<RankedWord>& words;
  weights::KnownWords& known_words;
  bool rescored = false;
  bool centroid = false;  // a part of re-scoring
  std::optional<RecencySettings> recency = {};
};

struct RankedPage {
  uint32_t offset = 0;
  uint32_t count = 0;
  uint32_t total_check_limit = 0;  // totals are exact below this
  uint32_t most_verified = 0;      // Limits::most_verified
  // The parts of the query, for Match::contributions; null leaves these empty.
  const std::vector<ScoredPart>* explained = nullptr;
};

// Equal scores are ordered by docid: newest first within base. Throws Xapian's exceptions and
// DeadlineError.
MatchPage SearchRanked(MatchContext& context, const RankedQuery& query, const RankedPage& page);

}  // namespace broadsheet::query
