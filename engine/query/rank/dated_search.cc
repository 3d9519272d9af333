// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/rank/dated_search.h"

#include <algorithm>
#include <utility>

#include "engine/query/match/posting_sources.h"
#include "engine/query/match/visibility.h"
#include "engine/query/rank/date_order.h"
#include "engine/query/rank/oldest_first.h"

namespace broadsheet::query {
namespace {

using storage::Segment;

struct Found {
  std::vector<DatedDoc> docs;
  v1::Total total;
};

// The first `most` of base, newest first.
Found SearchBase(MatchContext& context, Xapian::Query query, const DatedRequest& request,
                 DateOrder& order, uint32_t most) {
  query = NotBarred(context, query);
  if (!query.empty() && request.after) {
    query = FilteredBy(query, new DocidRangeSource(order.RangesAfter(*request.after)));
  }
  Xapian::Enquire enquire(context.snapshot.base());
  enquire.set_query(query);
  enquire.set_weighting_scheme(Xapian::BoolWeight());
  DeadlineSpy spy(context.deadline);
  enquire.add_matchspy(&spy);
  const Xapian::MSet mset =
      enquire.get_mset(0, most, request.after ? 0 : request.total_check_limit);
  Found found{.docs = {}, .total = TotalOf(mset)};
  for (Xapian::MSetIterator hit = mset.begin(); hit != mset.end(); ++hit) {
    found.docs.push_back({.doc = {.segment = Segment::kBase, .docid = *hit}});
  }
  return found;
}

// The first `most` of live, in order; the total counts all. Many documents may have the same time
// or none, so only `most` of them are sorted.
Found SearchLive(MatchContext& context, const Xapian::Query& query, const DatedRequest& request,
                 DateOrder& order, uint32_t most) {
  Xapian::Enquire enquire(context.snapshot.live());
  enquire.set_query(NotBarred(context, query));
  enquire.set_weighting_scheme(Xapian::BoolWeight());
  enquire.set_docid_order(Xapian::Enquire::ASCENDING);
  DeadlineSpy spy(context.deadline);
  enquire.add_matchspy(&spy);
  const Xapian::MSet mset = enquire.get_mset(0, context.snapshot.live().get_doccount());
  Found found{.docs = order.ReadLive(mset), .total = TotalOf(mset)};
  if (request.after) {
    std::erase_if(found.docs,
                  [&](const DatedDoc& doc) { return !order.After(doc, *request.after); });
  }
  const size_t kept = std::min<size_t>(most, found.docs.size());
  std::partial_sort(found.docs.begin(), found.docs.begin() + static_cast<ptrdiff_t>(kept),
                    found.docs.end(),
                    [&](const DatedDoc& a, const DatedDoc& b) { return order.Before(a, b); });
  found.docs.resize(kept);
  return found;
}

// Documents of base come without their times, which are needed only if live has documents.
std::vector<DatedDoc> Merge(std::vector<DatedDoc> base, const std::vector<DatedDoc>& live,
                            DateOrder& order) {
  if (live.empty()) return base;
  for (DatedDoc& doc : base) doc = order.Read(doc.doc);
  std::vector<DatedDoc> merged;
  std::merge(base.begin(), base.end(), live.begin(), live.end(), std::back_inserter(merged),
             [&](const DatedDoc& a, const DatedDoc& b) { return order.Before(a, b); });
  return merged;
}

}  // namespace

absl::StatusOr<DatedPage> SearchDated(MatchContext& context, const Xapian::Query& query,
                                      const DatedRequest& request) {
  DateOrder order(context, request.newest);
  const uint32_t end = request.skip + request.count;
  Found base;
  if (request.newest) {
    base = SearchBase(context, query, request, order, end + 1);
  } else {
    base.docs = FindOldest(context, query, request.after, end + 1, order);
  }
  DatedPage result;
  std::vector<DatedDoc> docs = std::move(base.docs);
  result.page.total = base.total;
  if (context.snapshot.has_live()) {
    Found live = SearchLive(context, query, request, order, end + 1);
    docs = Merge(std::move(docs), live.docs, order);
    result.page.total = Sum(base.total, live.total);
  }
  // A later page matches only the remaining documents, and the oldest are found part by part, so
  // the total is counted separately.
  if (request.total_check_limit == 0) {
    result.page.total.Clear();
  } else if (request.after || !request.newest) {
    result.page.total = CountMatches(context, query, request.total_check_limit);
  }
  result.page.more = docs.size() > end;
  for (size_t i = request.skip; i < std::min<size_t>(docs.size(), end); ++i) {
    result.page.matches.push_back({.doc = docs[i].doc});
  }
  if (!result.page.matches.empty()) {
    result.last = order.KeyOf(order.Read(result.page.matches.back().doc));
  }
  if (!order.status().ok()) return order.status();
  return result;
}

}  // namespace broadsheet::query
