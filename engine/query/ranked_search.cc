// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/ranked_search.h"

#include "engine/query/posting_sources.h"

namespace broadsheet::query {
namespace {

// BM25's k1 at its usual value. The length is folded into the wdf when an article is indexed, which
// scales it by 40; so k1 is scaled alike and length normalisation (b) is off.
constexpr double kK1 = 1.2;
constexpr double kWdfScale = 40;

Xapian::Query Visible(MatchContext& context, const Xapian::Query& query) {
  if (!context.snapshot.has_tombstones() || query.empty()) return query;
  return FilteredBy(query, new VisibleSource(context));
}

}  // namespace

MatchPage SearchRanked(MatchContext& context, const Xapian::Query& query, uint32_t offset,
                       uint32_t count, const Limits& limits, bool list_terms) {
  Xapian::Enquire enquire(context.snapshot.both());
  enquire.set_query(Visible(context, query));
  enquire.set_weighting_scheme(Xapian::BM25Weight(kWdfScale * kK1, 0, 1, 0, 0.5));
  DeadlineSpy spy(context.deadline);
  enquire.add_matchspy(&spy);
  const Xapian::MSet mset = enquire.get_mset(offset, count + 1, limits.total_check_limit);
  MatchPage page{.matches = {}, .total = TotalOf(mset), .more = mset.size() > count};
  for (Xapian::MSetIterator hit = mset.begin(); hit != mset.end(); ++hit) {
    if (page.matches.size() == count) break;
    Match match{.doc = context.snapshot.FromBoth(*hit), .score = hit.get_weight()};
    if (list_terms) {
      match.terms.assign(enquire.get_matching_terms_begin(hit),
                         enquire.get_matching_terms_end(hit));
    }
    page.matches.push_back(std::move(match));
  }
  return page;
}

v1::Total CountMatches(MatchContext& context, const Xapian::Query& query, const Limits& limits) {
  Xapian::Enquire enquire(context.snapshot.both());
  enquire.set_query(Visible(context, query));
  enquire.set_weighting_scheme(Xapian::BoolWeight());
  DeadlineSpy spy(context.deadline);
  enquire.add_matchspy(&spy);
  return TotalOf(enquire.get_mset(0, 0, limits.total_check_limit));
}

}  // namespace broadsheet::query
