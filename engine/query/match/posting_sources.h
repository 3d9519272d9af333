// SPDX-License-Identifier: GPL-3.0-or-later
// Our own conditions inside a Xapian match. Xapian clones a source for each shard of the
// multi-database and calls init() with that shard alone; MatchContext tells base from live.
//
// All have weight 0 and report as many documents as the shard holds, so that the matcher, which
// asks the rarest condition first, asks these last: they only check documents that have the terms.
#pragma once

#include <xapian.h>
#include <utility>
#include <vector>

#include "engine/query/match/match_context.h"
#include "engine/query/positions/token_matcher.h"
#include "engine/storage/live/snapshot.h"

namespace broadsheet::query {

// A condition that is decided document by document. Not thread-safe.
class CheckingSource : public Xapian::PostingSource {
 public:
  explicit CheckingSource(MatchContext& context) : context_(context) {}

  void init(const Xapian::Database& shard) override;
  Xapian::doccount get_termfreq_min() const override { return 0; }
  Xapian::doccount get_termfreq_est() const override { return doccount_; }
  Xapian::doccount get_termfreq_max() const override { return doccount_; }
  void next(double min_weight) override;
  void skip_to(Xapian::docid docid, double min_weight) override;
  bool check(Xapian::docid docid, double min_weight) override;
  bool at_end() const override { return at_end_; }
  Xapian::docid get_docid() const override { return docid_; }

 protected:
  MatchContext& context() const { return context_; }
  virtual bool Matches(storage::DocRef doc) = 0;

 private:
  bool MatchesHere(Xapian::docid docid);
  // Moves to the first existing document from `from` on that matches.
  void Seek(Xapian::docid from);

  MatchContext& context_;
  Xapian::Database shard_;
  storage::Segment segment_ = storage::Segment::kBase;
  Xapian::doccount doccount_ = 0;
  Xapian::docid docid_ = 0;
  bool at_end_ = false;
};

// Matches documents whose token run meets a constraint.
class TokenSource : public CheckingSource {
 public:
  TokenSource(MatchContext& context, const TokenConstraint& constraint)
      : CheckingSource(context), matcher_(constraint, &context.deadline) {}
  TokenSource* clone() const override { return new TokenSource(*this, matcher_); }

 protected:
  bool Matches(storage::DocRef doc) override;

 private:
  TokenSource(const TokenSource& other, TokenMatcher matcher)
      : CheckingSource(other.context()), matcher_(std::move(matcher)) {}

  TokenMatcher matcher_;
};

// Matches documents that are not barred. Only for snapshots that have barred documents.
class NotBarredSource : public CheckingSource {
 public:
  using CheckingSource::CheckingSource;
  NotBarredSource* clone() const override { return new NotBarredSource(context()); }

 protected:
  bool Matches(storage::DocRef doc) override { return !context().snapshot.IsBarred(doc); }
};

// Matches documents that are permitted; only for restricted snapshots. Where they are few it leads
// the match, so that a narrow licence does not make searches slow.
class PermittedSource : public Xapian::PostingSource {
 public:
  explicit PermittedSource(MatchContext& context) : context_(context) {}

  void init(const Xapian::Database& shard) override;
  Xapian::doccount get_termfreq_min() const override { return count_; }
  Xapian::doccount get_termfreq_est() const override { return count_; }
  Xapian::doccount get_termfreq_max() const override { return count_; }
  void next(double min_weight) override;
  void skip_to(Xapian::docid docid, double min_weight) override;
  bool at_end() const override { return at_end_; }
  Xapian::docid get_docid() const override { return docid_; }
  PermittedSource* clone() const override { return new PermittedSource(context_); }

 private:
  MatchContext& context_;
  const storage::DocumentSet* documents_ = nullptr;
  Xapian::doccount count_ = 0;
  Xapian::docid docid_ = 0;
  bool at_end_ = false;
};

// Matches docids of base in some ranges, for the next page of a date order. Checking a docid before
// a range moves to the range's start, so that docids between ranges are skipped.
class DocidRangeSource : public Xapian::PostingSource {
 public:
  struct Range {
    Xapian::docid first;
    Xapian::docid last;
  };
  // Ascending and not overlapping.
  explicit DocidRangeSource(std::vector<Range> ranges) : ranges_(std::move(ranges)) {}

  void init(const Xapian::Database& shard) override;
  Xapian::doccount get_termfreq_min() const override { return 0; }
  Xapian::doccount get_termfreq_est() const override { return doccount_; }
  Xapian::doccount get_termfreq_max() const override { return doccount_; }
  void next(double min_weight) override;
  void skip_to(Xapian::docid docid, double min_weight) override;
  bool at_end() const override { return range_ >= ranges_.size(); }
  Xapian::docid get_docid() const override { return docid_; }
  DocidRangeSource* clone() const override { return new DocidRangeSource(ranges_); }

 private:
  std::vector<Range> ranges_;
  Xapian::doccount doccount_ = 0;
  size_t range_ = 0;
  Xapian::docid docid_ = 0;
};

// `query`, filtered by `source`, which the result owns.
Xapian::Query FilteredBy(const Xapian::Query& query, Xapian::PostingSource* source);

}  // namespace broadsheet::query
