// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/match/started_query.h"

namespace broadsheet::query {
namespace {

// Matches every document with the weight 0, but holds out any weight until it is asked for the
// first one.
class StartSource : public Xapian::PostingSource {
 public:
  void init(const Xapian::Database& shard) override {
    doccount_ = shard.get_doccount();
    last_ = shard.get_lastdocid();
    docid_ = 0;
    set_maxweight(kAnyWeight);
  }
  Xapian::doccount get_termfreq_min() const override { return doccount_; }
  // Asked last.
  Xapian::doccount get_termfreq_est() const override { return doccount_ + 1; }
  Xapian::doccount get_termfreq_max() const override { return doccount_; }
  void next(double min_weight) override { skip_to(docid_ + 1, min_weight); }
  void skip_to(Xapian::docid docid, double /*min_weight*/) override {
    if (docid > docid_) docid_ = docid;
    if (get_maxweight() > 0) set_maxweight(0);
  }
  bool at_end() const override { return docid_ > last_; }
  Xapian::docid get_docid() const override { return docid_; }
  StartSource* clone() const override { return new StartSource; }

 private:
  // Far beyond what a query scores.
  static constexpr double kAnyWeight = 1e12;

  Xapian::doccount doccount_ = 0;
  Xapian::docid last_ = 0;
  Xapian::docid docid_ = 0;
};

}  // namespace

Xapian::Query Started(MatchContext& context, const Xapian::Query& query) {
  if (!context.snapshot.has_live() || query.empty()) return query;
  auto* source = new StartSource;
  return {Xapian::Query::OP_AND, query, Xapian::Query(source->release())};
}

}  // namespace broadsheet::query
