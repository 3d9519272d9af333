// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/match/polled_query.h"

#include "engine/query/match/posting_sources.h"

namespace broadsheet::query {
namespace {

using XQuery = Xapian::Query;

// When an AND asks a source that matches every document. Its operand with the fewest documents by
// estimate chooses the candidates; the others check them.
enum class Turn {
  kFirst,  // for each candidate of the first operand, before the others check it
  kLast,   // for candidates that all others match
};

// Polls the deadline at every document that Xapian asks about, and matches it.
class PollSource : public Xapian::PostingSource {
 public:
  PollSource(base::Deadline& deadline, Turn turn) : deadline_(deadline), turn_(turn) {}

  void init(const Xapian::Database& shard) override {
    // Opening the lists of a large query takes time too, and Xapian calls this meanwhile.
    deadline_.Check();
    doccount_ = shard.get_doccount();
    last_ = shard.get_lastdocid();
    docid_ = 0;
  }
  Xapian::doccount get_termfreq_min() const override { return doccount_; }
  Xapian::doccount get_termfreq_est() const override {
    return turn_ == Turn::kFirst ? 1 : doccount_;
  }
  Xapian::doccount get_termfreq_max() const override { return doccount_; }
  void next(double min_weight) override { skip_to(docid_ + 1, min_weight); }
  void skip_to(Xapian::docid docid, double /*min_weight*/) override {
    deadline_.Poll();
    if (docid > docid_) docid_ = docid;
  }
  bool at_end() const override { return docid_ > last_; }
  Xapian::docid get_docid() const override { return docid_; }
  PollSource* clone() const override { return new PollSource(deadline_, turn_); }

 private:
  base::Deadline& deadline_;
  Turn turn_;
  Xapian::doccount doccount_ = 0;
  Xapian::docid last_ = 0;
  Xapian::docid docid_ = 0;
};

XQuery WithPolls(MatchContext& context, const XQuery& query, Turn turn) {
  if (query.empty()) return query;
  return FilteredBy(query, new PollSource(context.deadline, turn));
}

bool IsLarge(const XQuery& query) { return query.get_length() > kMostUnpolledLists; }

XQuery Join(XQuery::op op, const std::vector<XQuery>& queries) {
  if (queries.size() == 1) return queries.front();
  return XQuery(op, queries.begin(), queries.end());
}

}  // namespace

// Polls once for a group of lists, since a poll for every list would double the work.
XQuery AnyOf(MatchContext& context, const std::vector<XQuery>& queries) {
  const XQuery whole = Join(XQuery::OP_OR, queries);
  if (!IsLarge(whole)) return whole;
  std::vector<XQuery> groups;
  std::vector<XQuery> group;
  Xapian::termcount lists = 0;
  const auto close = [&] {
    if (!group.empty())
      groups.push_back(WithPolls(context, Join(XQuery::OP_OR, group), Turn::kLast));
    group.clear();
    lists = 0;
  };
  for (const XQuery& query : queries) {
    if (lists + query.get_length() > kMostUnpolledLists) close();
    group.push_back(query);
    lists += query.get_length();
  }
  close();
  return Join(XQuery::OP_OR, groups);
}

XQuery AllOf(MatchContext& context, const std::vector<XQuery>& queries) {
  const XQuery whole = Join(XQuery::OP_AND, queries);
  const bool polls = queries.size() > 1 && IsLarge(whole);
  return polls ? WithPolls(context, whole, Turn::kFirst) : whole;
}

XQuery Polled(MatchContext& context, const XQuery& query) {
  return IsLarge(query) ? WithPolls(context, query, Turn::kLast) : query;
}

XQuery PolledRange(MatchContext& context, const XQuery& range) {
  return WithPolls(context, range, Turn::kFirst);
}

}  // namespace broadsheet::query
