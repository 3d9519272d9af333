// SPDX-License-Identifier: GPL-3.0-or-later
// Best match first, over base and live as one database.
//
// The matcher ranks all articles by the BM25 of their words, and their recency if that is asked
// for. Then the best kRescored hits are ranked anew: by the nearness of the query's words and by
// the words of the best hits, both read off token runs. Re-scoring only ever adds, so these stay
// before all others, and it is the same hits whatever the page, so that pages fit together.
//
// Filters never change what a word is worth: the best hits that feedback learns from are those of
// the query without its filter. (A filter may bring an article among those that are re-scored.)
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

// Fifty find the same ten best hits as all that match; a hundred fill the first pages.
inline constexpr uint32_t kRescored = 100;

// All that is referred to outlives the search.
struct RankedQuery {
  const Xapian::Query& candidates;  // the words, which score
  // What must hold for a hit besides.
  const std::vector<TokenConstraint>& checks;
  // What narrows and never scores: the search's filter and what readers may see...
  const Xapian::Query& filter;
  // ...and what readers may see alone, when that is less narrow; else null.
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
  // The parts of the query, for Match::contributions; null = leaves them empty.
  const std::vector<ScoredPart>* explained = nullptr;
};

// Equal scores are ordered by docid: newest first within base. Errors as Snapshot::ReadArticle.
// Throws what Xapian and the deadline throw.
absl::StatusOr<MatchPage> SearchRanked(MatchContext& context, text::Analyzer& analyzer,
                                       const RankedQuery& query, const RankedPage& page);

}  // namespace broadsheet::query
