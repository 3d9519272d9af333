// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/rank/contributions.h"

#include <algorithm>
#include <map>
#include <utility>

#include "engine/query/match/posting_sources.h"

namespace broadsheet::query {
namespace {

using storage::DocRef;
using storage::Segment;

// Matches only the given documents.
class ChosenSource : public Xapian::PostingSource {
 public:
  ChosenSource(MatchContext& context, std::vector<DocRef> docs)
      : context_(context), docs_(std::move(docs)) {}

  void init(const Xapian::Database& shard) override {
    context_.deadline.Check();
    const Segment segment = context_.SegmentOf(shard);
    for (const DocRef& doc : docs_) {
      if (doc.segment == segment) docids_.push_back(doc.docid);
    }
    std::sort(docids_.begin(), docids_.end());
  }
  Xapian::doccount get_termfreq_min() const override { return get_termfreq_max(); }
  Xapian::doccount get_termfreq_est() const override { return get_termfreq_max(); }
  Xapian::doccount get_termfreq_max() const override {
    return static_cast<Xapian::doccount>(docids_.size());
  }
  void next(double /*min_weight*/) override {
    at_ = started_ ? at_ + 1 : 0;
    started_ = true;
  }
  void skip_to(Xapian::docid docid, double /*min_weight*/) override {
    started_ = true;
    while (!at_end() && docids_[at_] < docid) ++at_;
  }
  bool at_end() const override { return at_ >= docids_.size(); }
  Xapian::docid get_docid() const override { return docids_[at_]; }
  ChosenSource* clone() const override { return new ChosenSource(context_, docs_); }

 private:
  MatchContext& context_;
  std::vector<DocRef> docs_;
  std::vector<Xapian::docid> docids_;  // of the shard, ascending
  size_t at_ = 0;
  bool started_ = false;
};

}  // namespace

std::vector<std::vector<v1::ScoreContribution>> ContributionsTo(
    MatchContext& context, const std::vector<ScoredPart>& parts, const Xapian::Weight& weight,
    const std::vector<Xapian::docid>& docs) {
  std::vector<DocRef> chosen;
  std::map<Xapian::docid, size_t> places;
  for (const Xapian::docid docid : docs) {
    places[docid] = chosen.size();
    chosen.push_back(context.snapshot.FromBoth(docid));
  }
  std::vector<std::vector<v1::ScoreContribution>> contributions(docs.size());
  Xapian::Enquire enquire(context.snapshot.both());
  enquire.set_weighting_scheme(weight);
  for (const ScoredPart& part : parts) {
    context.deadline.Check();
    if (part.query.empty()) continue;
    enquire.set_query(FilteredBy(part.query, new ChosenSource(context, chosen)));
    const Xapian::MSet mset = enquire.get_mset(0, static_cast<Xapian::doccount>(docs.size()));
    for (Xapian::MSetIterator hit = mset.begin(); hit != mset.end(); ++hit) {
      v1::ScoreContribution& added = contributions[places.at(*hit)].emplace_back();
      added.set_part(part.name);
      added.set_weight(hit.get_weight());
    }
  }
  return contributions;
}

}  // namespace broadsheet::query
