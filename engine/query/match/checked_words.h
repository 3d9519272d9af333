// SPDX-License-Identifier: GPL-3.0-or-later
// Posting source for position-checked words (`=floods`, `body:pact`) under an OR, where any one may
// match.
//
// An OR asks its parts about a document before it knows the document's score, and a decider
// (late_checks.h) cannot reject the document instead, since other parts may match. But Xapian tells
// a posting source the least weight that a document must get from it. So this source combines all
// such words of an OR, adds up the weights of those whose terms a document has, and reads its token
// run only when the sum reaches that least weight. The better the hits found so far, the fewer
// token runs are read.
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

// A term, and the constraint on where it must occur.
struct CheckedWord {
  std::string term;
  TokenConstraint constraint;
};

// Matches documents in which at least one of the words meets its constraint. The weight is the sum
// of the weights that ranked_search.h gives to the terms of these words. Xapian multiplies it by
// kScoreScale, as all weights of a ranked search; other searches ignore it. Not thread-safe. Throws
// Xapian's exceptions and DeadlineError.
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
  double get_weight() const override;
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
    Xapian::docid docid = kNone;  // that of `posting`; kNone at its end
    double weight = 0;            // in that document; valid once it was weighed
  };

  // For clone(): the same words for another shard.
  CheckedWordsSource(MatchContext& context, std::vector<Word> words)
      : context_(context), words_(std::move(words)) {}

  // Moves the postings of every word to `docid` or after it, and returns the first document that
  // any word has.
  Xapian::docid MoveTo(Xapian::docid docid) const;
  // Makes `docid`, to which all words were moved, current if it matches with a weight of at least
  // `min_weight`.
  bool Accepts(Xapian::docid docid, double min_weight) const;
  // Moves to the first match from `docid` on with a weight of at least `min_weight`.
  void Seek(Xapian::docid docid, double min_weight);

  MatchContext& context_;
  // Moved and weighed by get_weight() too, see assumed_.
  mutable std::vector<Word> words_;

  // The shard's database.
  Xapian::Database shard_;
  storage::Segment segment_ = storage::Segment::kBase;
  Xapian::doccount most_documents_ = 0;
  mutable Xapian::docid docid_ = 0;
  mutable double weight_ = 0;
  // The document behind one that check() has refused; kNone when the last move was another. An OR
  // of Xapian's takes its part to stand there, and one within another OR may ask for the weight
  // without a further check (OrPostList::check): that document is then weighed when it is asked
  // for.
  mutable Xapian::docid assumed_ = kNone;
};

}  // namespace broadsheet::query
