// SPDX-License-Identifier: GPL-3.0-or-later
// Scores the best hits of a match again, from their token runs.
//
// Each step adds to scores and sorts anew. Another source of evidence, such as a second list of
// hits that says how alike they are in meaning, would be a step of its own with a part in
// ScoreParts.
#pragma once

#include <xapian.h>
#include <span>
#include <vector>

#include "engine/query/compile/ranked_word.h"
#include "engine/query/match/match_context.h"
#include "engine/query/match/matches.h"
#include "engine/query/rank/centroid.h"
#include "engine/query/rank/sought_words.h"
#include "engine/query/rank/word_pairs.h"
#include "engine/weights/word_rarity.h"

namespace broadsheet::query {

// A hit that is being ranked.
struct RankedHit {
  Xapian::docid docid = 0;  // in Snapshot::both()
  Match match;
};

// Made for one search; `context` and `known` must outlive it. Everything throws Xapian's
// exceptions and DeadlineError. Not thread-safe.
class Rescorer {
 public:
  // `words` are those to look for, in the order of the query.
  Rescorer(MatchContext& context, const std::vector<RankedWord>& words, weights::KnownWords& known);

  // Adds what each hit has of the query: typed forms, cover, nearness.
  void AddEvidence(std::span<RankedHit> hits);
  // Adds the likeness of each hit to the first of `best`, which are in order; both have had their
  // evidence added.
  void AddCentroid(std::span<const RankedHit> best, std::span<RankedHit> hits);

 private:
  MatchContext& context_;
  weights::CodeSlots& slots_;
  weights::WordRarity rarity_;
  SoughtWords words_;
  PairScorer pairs_;
};

}  // namespace broadsheet::query
