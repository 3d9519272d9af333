// SPDX-License-Identifier: GPL-3.0-or-later
// Words whose places decide (`=floods`, `body:pact`), where each may count but none must: below an
// OR.
//
// An OR asks its parts about a document before it knows what the document is worth, and no decider
// can answer instead (late_checks.h), since the others may match. But Xapian tells a posting source
// how much a document must get from it at least. So this source takes all such words of an OR
// together, weighs those that a document has by their terms alone, and looks into its token run
// only when that is enough. The better the page, the fewer these are.
#pragma once

#include <xapian.h>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "engine/query/match/match_context.h"
#include "engine/query/positions/token_matcher.h"
#include "engine/storage/live/snapshot.h"

namespace broadsheet::query {

// A term, and where it must stand.
struct CheckedWord {
  std::string term;
  TokenConstraint constraint;
};

// Documents with at least one of some words in its place. The weight is the sum of what
// ranked_search.h gives to the term of each that is. Xapian multiplies it by kScoreScale, as all
// weights of a ranked search; elsewhere it counts for nothing. Not thread-safe. Throws what Xapian
// and the deadline throw.
class CheckedWordsSource : public Xapian::PostingSource {
 public:
  // `context` outlives it.
  CheckedWordsSource(MatchContext& context, const std::vector<CheckedWord>& words);

  void init(const Xapian::Database& shard) override;
  Xapian::doccount get_termfreq_min() const override { return 0; }
  Xapian::doccount get_termfreq_est() const override { return most_documents_; }
  Xapian::doccount get_termfreq_max() const override { return most_documents_; }
  void next(double min_weight) override;
  void skip_to(Xapian::docid docid, double min_weight) override;
  bool check(Xapian::docid docid, double min_weight) override;
  bool at_end() const override { return docid_ == kNone; }
  Xapian::docid get_docid() const override { return docid_; }
  double get_weight() const override { return weight_; }
  CheckedWordsSource* clone() const override;

 private:
  static constexpr Xapian::docid kNone = std::numeric_limits<Xapian::docid>::max();

  struct Word {
    std::string term;
    TokenMatcher matcher;
    double idf;
    // The term's postings in the shard.
    Xapian::PostingIterator posting = {};
    Xapian::PostingIterator end = {};
    Xapian::docid docid = kNone;  // where `posting` is; kNone at its end
    double weight = 0;            // there; only when a document was weighed
  };

  // Another one for another shard.
  CheckedWordsSource(MatchContext& context, std::vector<Word> words)
      : context_(context), words_(std::move(words)) {}

  // Moves every word to `docid` or behind it, and returns the first document that any of them has.
  Xapian::docid MoveTo(Xapian::docid docid);
  // Makes `docid`, to which all words were moved, current if it is a hit and worth `min_weight`.
  bool Accepts(Xapian::docid docid, double min_weight);
  // Moves to the first hit from `docid` on that is worth `min_weight`.
  void Seek(Xapian::docid docid, double min_weight);

  MatchContext& context_;
  std::vector<Word> words_;

  // The shard's database.
  Xapian::Database shard_;
  storage::Segment segment_ = storage::Segment::kBase;
  Xapian::doccount most_documents_ = 0;
  Xapian::docid docid_ = 0;
  double weight_ = 0;
};

}  // namespace broadsheet::query
