// SPDX-License-Identifier: GPL-3.0-or-later
// A word whose places decide (`=floods`, `body:pact`), where it may count but need not: below an
// OR.
//
// An OR asks its parts about a document before it knows what the document is worth, and no decider
// can answer instead (late_checks.h), since the others may match. But Xapian tells a posting source
// how much a document must get from it at least. So this source weighs the term itself, and looks
// into the token runs of those documents alone whose weight is enough; the better the page, the
// fewer they are.
#pragma once

#include <xapian.h>
#include <string>

#include "engine/query/match_context.h"
#include "engine/query/token_matcher.h"
#include "engine/storage/snapshot.h"

namespace broadsheet::query {

// Documents that have `term` and meet `constraint`, with the weight that ranked_search.h gives to
// the term. Xapian multiplies it by kScoreScale, as all weights of a ranked search; elsewhere it
// counts for nothing. Not thread-safe. Throws what Xapian and the deadline throw.
class CheckedWordSource : public Xapian::PostingSource {
 public:
  // `context` outlives it.
  CheckedWordSource(MatchContext& context, std::string term, const TokenConstraint& constraint);

  void init(const Xapian::Database& shard) override;
  Xapian::doccount get_termfreq_min() const override { return 0; }
  Xapian::doccount get_termfreq_est() const override { return articles_with_; }
  Xapian::doccount get_termfreq_max() const override { return articles_with_; }
  void next(double min_weight) override;
  void skip_to(Xapian::docid docid, double min_weight) override;
  bool check(Xapian::docid docid, double min_weight) override;
  bool at_end() const override { return at_end_; }
  Xapian::docid get_docid() const override { return docid_; }
  double get_weight() const override { return weight_; }
  CheckedWordSource* clone() const override;

 private:
  // Another one for another shard.
  CheckedWordSource(const CheckedWordSource& other, const TokenMatcher& matcher);

  double WeightOf(Xapian::termcount wdf) const;
  // Moves the posting list to `docid` or behind it; false at its end.
  bool MoveTo(Xapian::docid docid);
  // Whether what the posting list is at is a hit that is worth `min_weight`; it is current then.
  bool Accepts(double min_weight);
  // Moves to the first hit from `docid` on that is worth `min_weight`.
  void Seek(Xapian::docid docid, double min_weight);

  MatchContext& context_;
  std::string term_;
  TokenMatcher matcher_;
  double idf_;

  // Of the shard.
  Xapian::Database shard_;
  storage::Segment segment_ = storage::Segment::kBase;
  Xapian::doccount articles_with_ = 0;
  Xapian::PostingIterator posting_;
  Xapian::PostingIterator end_;
  Xapian::docid docid_ = 0;
  double weight_ = 0;
  bool at_end_ = false;
};

}  // namespace broadsheet::query
