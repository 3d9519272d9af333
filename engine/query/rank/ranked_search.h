// SPDX-License-Identifier: GPL-3.0-or-later
// Searches by relevance, over base and live as one database.
//
// The matcher ranks all articles by the BM25 of the query's words, and by recency if the profile
// has it. Then the best kRescored hits are scored again, from their token runs: by the nearness of
// the query's words and by the words of the best hits. Re-scoring only adds to scores, so these
// hits stay before all others; and it re-scores the same hits for every page, so that pages are
// consistent.
//
// Filters never change the weight of a word: feedback takes its words from the best hits of the
// query without its filter. (With a filter, other articles may be among those re-scored.)
#pragma once

#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/query/compile/compiler.h"
#include "engine/query/compile/ranked_word.h"
#include "engine/query/match/match_context.h"
#include "engine/query/match/matches.h"
#include "engine/query/rank/recency.h"
#include "engine/query/syntax/limits.h"
#include "engine/text/analyzer.h"

namespace broadsheet::query {

// Re-scoring fifty gives the same ten best hits as re-scoring all; a hundred fill the first pages.
inline constexpr uint32_t kRescored = 100;

// All references must outlive the search.
struct RankedQuery {
  const Xapian::Query& candidates;  // the words, which score
  // Constraints that every hit must meet as well (late_checks.h).
  const std::vector<TokenConstraint>& checks;
  // Restricts hits without scoring: the request's filter, and what readers may see.
  const Xapian::Query& filter;
  // Only what readers may see, if `filter` is narrower; else null.
  const Xapian::Query* visible = nullptr;
  const std::vector<RankedWord>& words;
  bool pairs = false;
  bool feedback = false;
  std::optional<RecencyGain> recency = {};
};

struct RankedPage {
  uint32_t offset = 0;
  uint32_t count = 0;
  // The parts of the query, for Match::contributions; null leaves these empty.
  const std::vector<ScoredPart>* explained = nullptr;
};

// Equal scores are ordered by docid: newest first within base. Errors as Snapshot::ReadArticle.
// Throws Xapian's exceptions and DeadlineError.
absl::StatusOr<MatchPage> SearchRanked(MatchContext& context, text::Analyzer& analyzer,
                                       const Limits& limits, const RankedQuery& query,
                                       const RankedPage& page);

// The unit of the gain for recency: the score of an article of typical length that has each of
// these words once.
double ScoreOfOneMention(const std::vector<RankedWord>& words, double articles);

// `query` without superseded articles.
Xapian::Query NotSuperseded(MatchContext& context, const Xapian::Query& query);

// `query` restricted by `filter`, which does not score.
Xapian::Query Filtered(const Xapian::Query& query, const Xapian::Query& filter);

// How many articles match, in any order.
v1::Total CountMatches(MatchContext& context, const Xapian::Query& query, const Limits& limits);

}  // namespace broadsheet::query
