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
#include "engine/text/analyzer.h"

namespace broadsheet::query {

// Re-scoring fifty gives the same ten best hits as re-scoring all; a hundred fill the first pages.
inline constexpr uint32_t kRescored = 100;

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
  bool pairs = false;
  bool feedback = false;
  std::optional<RecencySettings> recency = {};
};

struct RankedPage {
  uint32_t offset = 0;
  uint32_t count = 0;
  uint32_t total_check_limit = 0;  // totals are exact below this
  // The parts of the query, for Match::contributions; null leaves these empty.
  const std::vector<ScoredPart>* explained = nullptr;
};

// Equal scores are ordered by docid: newest first within base. Errors as Snapshot::ReadArticle.
// Throws Xapian's exceptions and DeadlineError.
absl::StatusOr<MatchPage> SearchRanked(MatchContext& context, text::Analyzer& analyzer,
                                       const RankedQuery& query, const RankedPage& page);

}  // namespace broadsheet::query
