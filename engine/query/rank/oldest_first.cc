// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/rank/oldest_first.h"

#include <algorithm>
#include <utility>

#include "engine/query/match/posting_sources.h"
#include "engine/query/match/visibility.h"

namespace broadsheet::query {
namespace {

// Matches of base in a stretch of docids.
class OldestFinder {
 public:
  OldestFinder(MatchContext& context, const Xapian::Query& query, uint32_t most, DateOrder& order)
      : context_(context), query_(NotBarred(context, query)), most_(most), order_(order) {}

  // Adds those of a stretch that has one time, or none.
  void AddForward(Xapian::docid first, Xapian::docid end) {
    if (!IsFull()) Add(Match(first, end, most_));
  }

  // Adds those of times up to before `end`, from its end.
  void AddBackward(Xapian::docid end) {
    for (Xapian::docid stretch = most_; end > 1 && !IsFull(); stretch *= 2) {
      stretch = std::min(stretch, end - 1);
      const Xapian::docid first = order_.StartOfTime(end - stretch);
      AddTurned(Match(first, end, end - first));
      end = first;
    }
  }

  std::vector<DatedDoc> Take() { return std::move(found_); }

 private:
  bool IsFull() const { return found_.size() >= most_; }

  void Add(const DatedDoc& doc) {
    if (!IsFull()) found_.push_back(doc);
  }
  void Add(const std::vector<DatedDoc>& docs) {
    for (const DatedDoc& doc : docs) Add(doc);
  }

  // Times from the last to the first; within one, ids are in order already.
  void AddTurned(const std::vector<DatedDoc>& docs) {
    for (size_t end = docs.size(); end > 0 && !IsFull();) {
      size_t first = end - 1;
      while (first > 0 && docs[first - 1].seconds == docs[end - 1].seconds) --first;
      for (size_t i = first; i < end; ++i) Add(docs[i]);
      end = first;
    }
  }

  std::vector<DatedDoc> Match(Xapian::docid first, Xapian::docid end, Xapian::doccount most) {
    if (first >= end || query_.empty()) return {};
    Xapian::Enquire enquire(context_.snapshot.base());
    enquire.set_query(FilteredBy(query_, new DocidRangeSource({{first, end - 1}})));
    enquire.set_weighting_scheme(Xapian::BoolWeight());
    DeadlineSpy spy(context_.deadline);
    enquire.add_matchspy(&spy);
    return order_.ReadBase(enquire.get_mset(0, most));
  }

  MatchContext& context_;
  const Xapian::Query query_;
  const Xapian::doccount most_;
  DateOrder& order_;
  std::vector<DatedDoc> found_;
};

}  // namespace

std::vector<DatedDoc> FindOldest(MatchContext& context, const Xapian::Query& query,
                                 const std::optional<DateKey>& after, uint32_t most,
                                 DateOrder& order) {
  const OldestPlaces places = order.PlacesAfter(after);
  OldestFinder finder(context, query, most, order);
  finder.AddForward(places.same, places.same_end);
  finder.AddBackward(places.newer_end);
  finder.AddForward(places.undated, places.undated_end);
  return finder.Take();
}

}  // namespace broadsheet::query
