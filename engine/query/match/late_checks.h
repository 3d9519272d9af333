// SPDX-License-Identifier: GPL-3.0-or-later
// Confirms approximations in token runs, as late as a match by relevance can.
//
// Xapian asks a posting source about each document that has the words, but a match decider only
// about those that score high enough for the page (any score is high enough until check_at_least
// hits are known). So a decider checks the constraints that every hit must meet. A constraint below
// an OR or a NOT is a TokenSource instead (posting_sources.h).
//
// Counting apart from ranking. A match that shall count a thousand hits verifies every document
// that has the words until it has found so many, though far fewer decide the order of the page.
// Where the words are rare, this is cheap, and the count is exact; else a match ends its verifying
// where no better hit can come, and its total is a lower bound. CountLimit() tells which.
//
// Totals keep their meaning (matches.h). A rejected document is not a hit. Xapian's bounds are
// equal when the match ended below the check limit; else the lower bound is the number of accepted
// documents, and the upper bound the number of documents with the words minus the rejected ones.
#pragma once

#include <xapian.h>
#include <vector>

#include "engine/query/match/match_context.h"
#include "engine/query/positions/token_matcher.h"
#include "engine/storage/live/snapshot.h"

namespace broadsheet::query {

// For one match over context.snapshot.both(), which then throws DeadlineError. `context` must
// outlive this, and this must outlive the match. Not thread-safe.
class LateChecks : public Xapian::MatchDecider {
 public:
  LateChecks(MatchContext& context, const std::vector<TokenConstraint>& constraints);

  // Matches the same documents as `query`, and tells this decider which segment the match is in.
  // Search with it instead of `query`.
  Xapian::Query Watched(const Xapian::Query& query);

  // Up to how many hits the match should count: `limit`, or 0 where more than `most_verified`
  // documents may have the words.
  static uint32_t CountLimit(const std::vector<TokenConstraint>& constraints, uint32_t limit,
                             uint32_t most_verified);

  // The decider for Xapian; null when there is nothing to check, so that Xapian's bounds do not
  // change.
  const Xapian::MatchDecider* decider() const { return matchers_.empty() ? nullptr : this; }

  bool operator()(const Xapian::Document& document) const override;

 private:
  class Watch;

  MatchContext& context_;
  // Xapian asks a decider as a const object; matchers keep scratch memory.
  mutable std::vector<TokenMatcher> matchers_;
  // The segment of the current document: Xapian tells a decider the docid, but not the database.
  storage::Segment segment_ = storage::Segment::kBase;
};

}  // namespace broadsheet::query
