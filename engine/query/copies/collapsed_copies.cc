// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/copies/collapsed_copies.h"

#include <algorithm>
#include <cstddef>
#include <span>

#include "engine/query/match/posting_sources.h"
#include "engine/query/rank/date_order.h"
#include "engine/storage/live/stories.h"

namespace broadsheet::query {
namespace {

using storage::DocRef;
using storage::Segment;
using storage::StoryName;

// Matches documents whose story another document tells, too. They are few, and lead the match.
class TwiceToldSource : public Xapian::PostingSource {
 public:
  TwiceToldSource(MatchContext& context, const storage::Stories& stories)
      : context_(context), stories_(stories) {}
  TwiceToldSource* clone() const override { return new TwiceToldSource(context_, stories_); }

  void init(const Xapian::Database& shard) override {
    docids_ = context_.SegmentOf(shard) == Segment::kBase ? stories_.twice_in_base()
                                                          : stories_.twice_in_live();
    next_ = 0;
  }
  Xapian::doccount get_termfreq_min() const override { return termfreq(); }
  Xapian::doccount get_termfreq_est() const override { return termfreq(); }
  Xapian::doccount get_termfreq_max() const override { return termfreq(); }
  void next(double /*min_weight*/) override { ++next_; }
  void skip_to(Xapian::docid docid, double /*min_weight*/) override {
    context_.deadline.Poll();
    // Not started yet, or behind what was matched last.
    const size_t from = next_ == 0 ? 0 : next_ - 1;
    const auto found =
        std::lower_bound(docids_.begin() + static_cast<ptrdiff_t>(from), docids_.end(), docid);
    next_ = static_cast<size_t>(found - docids_.begin()) + 1;
  }
  bool at_end() const override { return next_ > docids_.size(); }
  Xapian::docid get_docid() const override { return docids_[next_ - 1]; }

 private:
  Xapian::doccount termfreq() const { return static_cast<Xapian::doccount>(docids_.size()); }

  MatchContext& context_;
  const storage::Stories& stories_;
  std::span<const uint32_t> docids_;
  size_t next_ = 0;  // one more than the place of the current docid; 0 before the first
};

class NotHiddenSource : public CheckingSource {
 public:
  NotHiddenSource(MatchContext& context, const CollapsedCopies& copies)
      : CheckingSource(context), copies_(copies) {}
  NotHiddenSource* clone() const override { return new NotHiddenSource(context(), copies_); }

 protected:
  bool Matches(DocRef doc) override { return !copies_.IsHidden(doc); }

 private:
  const CollapsedCopies& copies_;
};

uint64_t KeyOf(DocRef doc) {
  return uint64_t{doc.docid} << 1 | (doc.segment == Segment::kLive ? 1 : 0);
}

using DocsOfStories = std::unordered_map<StoryName, std::vector<DatedDoc>>;

DocsOfStories GroupByStory(MatchContext& context, const MatchedDocuments& matched,
                           const storage::Stories& stories) {
  DocsOfStories groups;
  matched.base.ForEach(context.deadline, [&](uint32_t docid) {
    groups[stories.OfBase(docid)].push_back({.doc = {.segment = Segment::kBase, .docid = docid}});
  });
  matched.live.ForEach(context.deadline, [&](uint32_t docid) {
    groups[stories.OfLive(docid)].push_back({.doc = {.segment = Segment::kLive, .docid = docid}});
  });
  return groups;
}

// Base has dates in a column, and its documents of one time are in the order of their ids.
void SortByTime(MatchContext& context, DateOrder& order, std::vector<DatedDoc>* docs) {
  const storage::ValueRows& rows = context.snapshot.generation().columns().rows();
  for (DatedDoc& doc : *docs) {
    if (doc.doc.segment == Segment::kLive) {
      doc = order.Read(doc.doc);
    } else {
      doc.seconds = rows.DateOf(doc.doc.docid).seconds;
    }
  }
  std::sort(docs->begin(), docs->end(), [&](const DatedDoc& a, const DatedDoc& b) {
    const bool of_base = a.doc.segment == Segment::kBase && b.doc.segment == Segment::kBase;
    if (of_base && a.seconds == b.seconds) return a.doc.docid < b.doc.docid;
    return order.Before(a, b);
  });
}

}  // namespace

CollapsedCopies::CollapsedCopies(MatchContext& context, const Xapian::Query& whole)
    : hidden_(NoDocuments(context.snapshot)) {
  if (whole.empty()) return;
  const storage::Stories& stories = context.snapshot.CopyStories();
  const MatchedDocuments matched =
      CollectMatches(context, FilteredBy(whole, new TwiceToldSource(context, stories)));
  DateOrder order(context, /*newest=*/false);
  for (auto& [story, docs] : GroupByStory(context, matched, stories)) {
    if (story == 0 || docs.size() < 2) continue;
    context.deadline.Check();
    SortByTime(context, order, &docs);
    std::vector<DocRef>& behind = behind_[KeyOf(docs.front().doc)];
    for (size_t i = 1; i < docs.size(); ++i) {
      const DocRef doc = docs[i].doc;
      behind.push_back(doc);
      (doc.segment == Segment::kBase ? hidden_.base : hidden_.live).Add(doc.docid);
      ++hidden_count_;
    }
  }
  status_ = order.status();
}

const std::vector<DocRef>& CollapsedCopies::Behind(DocRef shown) const {
  static const std::vector<DocRef> none;
  const auto found = behind_.find(KeyOf(shown));
  return found == behind_.end() ? none : found->second;
}

Xapian::Query WithoutHidden(MatchContext& context, const Xapian::Query& query,
                            const CollapsedCopies* copies) {
  if (copies == nullptr || copies->hidden_count() == 0 || query.empty()) return query;
  return FilteredBy(query, new NotHiddenSource(context, *copies));
}

}  // namespace broadsheet::query
