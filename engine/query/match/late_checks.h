// SPDX-License-Identifier: GPL-3.0-or-later
// Checks of token runs that a match by relevance makes as late as it can.
//
// Xapian asks a posting source about each document that has the words, but a match decider only
// about those that score high enough for the page (any score is, until check_at_least hits are
// known). So what every hit of a query must meet is left to a decider. What stands below an OR or a
// NOT cannot be: it stays a TokenSource (posting_sources.h).
//
// Totals keep their meaning (matches.h). A document that is refused counts as no hit: Xapian's
// bounds meet when the walk ended below the check limit, else the lower bound is the documents that
// were let through and the upper one those with the words, less the refused ones.
#pragma once

#include <xapian.h>
#include <vector>

#include "engine/query/match/match_context.h"
#include "engine/query/positions/token_matcher.h"
#include "engine/storage/live/snapshot.h"

namespace broadsheet::query {

// For one match over context.snapshot.both(), which throws what the deadline throws. `context`
// outlives it, and it outlives the match. Not thread-safe.
class LateChecks : public Xapian::MatchDecider {
 public:
  LateChecks(MatchContext& context, const std::vector<TokenConstraint>& constraints);

  // What to match instead of `query` (to the same hits) for this to know where it is.
  Xapian::Query Watched(const Xapian::Query& query);

  // What to give Xapian: null when there is nothing to check, so that its bounds stay as they are.
  const Xapian::MatchDecider* decider() const { return matchers_.empty() ? nullptr : this; }

  bool operator()(const Xapian::Document& document) const override;

 private:
  class Watch;

  MatchContext& context_;
  // Xapian asks a decider as a const object; matchers keep scratch memory.
  mutable std::vector<TokenMatcher> matchers_;
  // Where the matcher's document lies. A decider is told a docid but not of which database.
  storage::Segment segment_ = storage::Segment::kBase;
};

}  // namespace broadsheet::query
