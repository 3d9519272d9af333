// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/copies/collapsed_copies.h"

#include <algorithm>

#include "engine/query/match/posting_sources.h"
#include "engine/query/rank/date_order.h"
#include "engine/storage/live/stories.h"

namespace broadsheet::query {
namespace {

using storage::DocRef;
using storage::Segment;
using storage::StoryName;

// Matches documents whose story another document tells, too.
class TwiceToldSource : public CheckingSource {
 public:
  TwiceToldSource(MatchContext& context, const storage::Stories& stories)
      : CheckingSource(context), stories_(stories) {}
  TwiceToldSource* clone() const override { return new TwiceToldSource(context(), stories_); }

 protected:
  bool Matches(DocRef doc) override {
    return doc.segment == Segment::kBase ? stories_.IsTwiceInBase(doc.docid)
                                         : stories_.IsTwiceInLive(doc.docid);
  }

 private:
  const storage::Stories& stories_;
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
    for (DatedDoc& doc : docs) doc = order.Read(doc.doc);
    std::sort(docs.begin(), docs.end(),
              [&](const DatedDoc& a, const DatedDoc& b) { return order.Before(a, b); });
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
