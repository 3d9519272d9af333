// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/match/checked_words.h"

#include <algorithm>
#include <utility>

#include "engine/query/match/folded_weight.h"

namespace broadsheet::query {
namespace {

bool IsEnough(double weight, double min_weight) {
  // Sums of weights are rounded: a sum that is too small by less than this is enough.
  constexpr double kRounding = 1 + 1e-9;
  return weight * kScoreScale * kRounding >= min_weight;
}

}  // namespace

CheckedWordsSource::CheckedWordsSource(MatchContext& context, const std::vector<CheckedWord>& words)
    : context_(context) {
  const Xapian::Database& database = context.snapshot.both();
  for (const CheckedWord& word : words) {
    words_.push_back(
        {.term = word.term,
         .matcher = TokenMatcher(word.constraint, &context.deadline),
         .idf = weights::Idf(database.get_termfreq(word.term), database.get_doccount())});
  }
}

CheckedWordsSource* CheckedWordsSource::clone() const {
  return new CheckedWordsSource(context_, words_);
}

void CheckedWordsSource::init(const Xapian::Database& shard) {
  shard_ = shard;
  segment_ = context_.SegmentOf(shard);
  docid_ = 0;
  assumed_ = kNone;
  double most_weight = 0;
  uint64_t postings = 0;
  for (Word& word : words_) {
    context_.deadline.Poll();
    word.posting = shard.postlist_begin(word.term);
    word.end = shard.postlist_end(word.term);
    word.docid = word.posting == word.end ? kNone : *word.posting;
    most_weight += FoldedWeightOf(word.idf, shard.get_wdf_upper_bound(word.term));
    postings += shard.get_termfreq(word.term);
  }
  most_documents_ =
      static_cast<Xapian::doccount>(std::min<uint64_t>(postings, shard.get_doccount()));
  set_maxweight(most_weight);
}

Xapian::docid CheckedWordsSource::MoveTo(Xapian::docid docid) const {
  Xapian::docid first = kNone;
  for (Word& word : words_) {
    if (word.docid < docid) {
      word.posting.skip_to(docid);
      word.docid = word.posting == word.end ? kNone : *word.posting;
    }
    first = std::min(first, word.docid);
  }
  return first;
}

bool CheckedWordsSource::Accepts(Xapian::docid docid, double min_weight) const {
  context_.deadline.Poll();
  double most = 0;
  for (Word& word : words_) {
    if (word.docid != docid) continue;
    word.weight = FoldedWeightOf(word.idf, word.posting.get_wdf());
    most += word.weight;
  }
  if (!IsEnough(most, min_weight)) return false;
  const storage::TokenRun run = context_.snapshot.ReadTokens({.segment = segment_, .docid = docid});
  bool found = false;
  double weight = 0;
  for (Word& word : words_) {
    if (word.docid != docid) continue;
    if (word.matcher.Matches(run)) {
      found = true;
      weight += word.weight;
      continue;
    }
    most -= word.weight;
    if (!IsEnough(most, min_weight)) return false;
  }
  if (!found) return false;
  docid_ = docid;
  weight_ = weight;
  return true;
}

void CheckedWordsSource::Seek(Xapian::docid docid, double min_weight) {
  assumed_ = kNone;
  docid = MoveTo(docid);
  while (docid != kNone && !Accepts(docid, min_weight)) docid = MoveTo(docid + 1);
  docid_ = docid;
}

void CheckedWordsSource::next(double min_weight) { Seek(docid_ + 1, min_weight); }

void CheckedWordsSource::skip_to(Xapian::docid docid, double min_weight) {
  if (docid > docid_) Seek(docid, min_weight);
}

bool CheckedWordsSource::check(Xapian::docid docid, double min_weight) {
  docid_ = docid;
  const bool accepted = MoveTo(docid) == docid && Accepts(docid, min_weight);
  assumed_ = accepted ? kNone : docid + 1;
  return accepted;
}

double CheckedWordsSource::get_weight() const {
  if (assumed_ != kNone) {
    const bool accepted = MoveTo(assumed_) == assumed_ && Accepts(assumed_, 0);
    if (!accepted) weight_ = 0;
    assumed_ = kNone;
  }
  return weight_;
}

}  // namespace broadsheet::query
