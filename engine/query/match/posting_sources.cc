// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/match/posting_sources.h"

namespace broadsheet::query {

void CheckingSource::init(const Xapian::Database& shard) {
  shard_ = shard;
  segment_ = context_.SegmentOf(shard);
  doccount_ = shard.get_doccount();
  docid_ = 0;
  at_end_ = false;
}

bool CheckingSource::MatchesHere(Xapian::docid docid) {
  context_.deadline.Poll();
  return Matches({.segment = segment_, .docid = docid});
}

void CheckingSource::Seek(Xapian::docid from) {
  Xapian::PostingIterator existing = shard_.postlist_begin("");
  const Xapian::PostingIterator end = shard_.postlist_end("");
  for (existing.skip_to(from); existing != end; ++existing) {
    if (!MatchesHere(*existing)) continue;
    docid_ = *existing;
    return;
  }
  at_end_ = true;
}

void CheckingSource::next(double /*min_weight*/) { Seek(docid_ + 1); }

void CheckingSource::skip_to(Xapian::docid docid, double /*min_weight*/) {
  if (docid > docid_) Seek(docid);
}

bool CheckingSource::check(Xapian::docid docid, double /*min_weight*/) {
  docid_ = docid;
  return MatchesHere(docid);
}

bool TokenSource::Matches(storage::DocRef doc) {
  return matcher_.Matches(context().snapshot.ReadTokens(doc));
}

void PermittedSource::init(const Xapian::Database& shard) {
  const storage::PermittedDocuments& permitted = context_.snapshot.permitted();
  const bool is_base = context_.SegmentOf(shard) == storage::Segment::kBase;
  documents_ = is_base ? permitted.base.get() : &permitted.live;
  count_ = static_cast<Xapian::doccount>(documents_->Count());
  docid_ = 0;
  at_end_ = false;
}

void PermittedSource::next(double min_weight) { skip_to(docid_ + 1, min_weight); }

void PermittedSource::skip_to(Xapian::docid docid, double /*min_weight*/) {
  context_.deadline.Poll();
  if (docid <= docid_) return;
  docid_ = documents_->FirstFrom(docid);
  at_end_ = docid_ == 0;
}

void DocidRangeSource::init(const Xapian::Database& shard) {
  doccount_ = shard.get_doccount();
  range_ = 0;
  docid_ = 0;
}

void DocidRangeSource::next(double min_weight) { skip_to(docid_ + 1, min_weight); }

void DocidRangeSource::skip_to(Xapian::docid docid, double /*min_weight*/) {
  while (range_ < ranges_.size() && ranges_[range_].last < docid) ++range_;
  if (!at_end()) docid_ = std::max(docid, ranges_[range_].first);
}

Xapian::Query FilteredBy(const Xapian::Query& query, Xapian::PostingSource* source) {
  return Xapian::Query(Xapian::Query::OP_FILTER, query, Xapian::Query(source->release()));
}

}  // namespace broadsheet::query
