// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/checked_word.h"

#include <utility>

#include "engine/query/bm25.h"

namespace broadsheet::query {
namespace {

// Sums of weights are rounded: what falls short of enough by less than this is enough.
constexpr double kRounding = 1 + 1e-9;

}  // namespace

CheckedWordSource::CheckedWordSource(MatchContext& context, std::string term,
                                     const TokenConstraint& constraint)
    : context_(context),
      term_(std::move(term)),
      matcher_(constraint, &context.deadline),
      idf_(Idf(context.snapshot.both().get_termfreq(term_),
               context.snapshot.both().get_doccount())) {}

CheckedWordSource::CheckedWordSource(const CheckedWordSource& other, const TokenMatcher& matcher)
    : context_(other.context_), term_(other.term_), matcher_(matcher), idf_(other.idf_) {}

CheckedWordSource* CheckedWordSource::clone() const {
  return new CheckedWordSource(*this, matcher_);
}

void CheckedWordSource::init(const Xapian::Database& shard) {
  context_.deadline.Check();
  shard_ = shard;
  segment_ =
      shard.get_uuid() == context_.base_uuid ? storage::Segment::kBase : storage::Segment::kLive;
  articles_with_ = shard.get_termfreq(term_);
  posting_ = shard.postlist_begin(term_);
  end_ = shard.postlist_end(term_);
  docid_ = 0;
  at_end_ = false;
  set_maxweight(WeightOf(shard.get_wdf_upper_bound(term_)));
}

// As Xapian::BM25Weight with the parameters of ranked_search.cc.
double CheckedWordSource::WeightOf(Xapian::termcount wdf) const {
  return idf_ * (kFoldedK1 + 1) * wdf / (kFoldedK1 + wdf);
}

bool CheckedWordSource::MoveTo(Xapian::docid docid) {
  if (posting_ != end_ && *posting_ < docid) posting_.skip_to(docid);
  return posting_ != end_;
}

bool CheckedWordSource::Accepts(double min_weight) {
  context_.deadline.Poll();
  const double weight = WeightOf(posting_.get_wdf());
  if (weight * kScoreScale * kRounding < min_weight) return false;
  if (!matcher_.Matches(context_.snapshot.ReadTokens({.segment = segment_, .docid = *posting_}))) {
    return false;
  }
  docid_ = *posting_;
  weight_ = weight;
  return true;
}

void CheckedWordSource::Seek(Xapian::docid docid, double min_weight) {
  for (bool left = MoveTo(docid); left; left = MoveTo(*posting_ + 1)) {
    if (Accepts(min_weight)) return;
  }
  at_end_ = true;
}

void CheckedWordSource::next(double min_weight) { Seek(docid_ + 1, min_weight); }

void CheckedWordSource::skip_to(Xapian::docid docid, double min_weight) {
  if (docid > docid_) Seek(docid, min_weight);
}

bool CheckedWordSource::check(Xapian::docid docid, double min_weight) {
  docid_ = docid;
  return MoveTo(docid) && *posting_ == docid && Accepts(min_weight);
}

}  // namespace broadsheet::query
