// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/ranked_search.h"

#include "engine/query/posting_sources.h"
#include "engine/schema/term_weight.h"

namespace broadsheet::query {
namespace {

// BM25's k1 at its usual value. The length is folded into the wdf when an article is indexed
// (engine/schema/term_weight.h), so k1 is scaled like it and length normalisation (b) is off.
constexpr double kK1 = 1.2;

Xapian::Query Visible(MatchContext& context, const Xapian::Query& query) {
  if (!context.snapshot.has_tombstones() || query.empty()) return query;
  return FilteredBy(query, new VisibleSource(context));
}

// Base has no term lists to ask, so each term's posting list is.
std::vector<std::string> TermsIn(MatchContext& context, const Xapian::Query& query,
                                 Xapian::docid docid) {
  const Xapian::Database& database = context.snapshot.both();
  std::vector<std::string> terms;
  for (auto term = query.get_unique_terms_begin(); term != query.get_terms_end(); ++term) {
    context.deadline.Poll();
    Xapian::PostingIterator posting = database.postlist_begin(*term);
    posting.skip_to(docid);
    if (posting == database.postlist_end(*term) || *posting != docid) continue;
    terms.push_back(*term + ":" + std::to_string(posting.get_wdf()));
  }
  return terms;
}

}  // namespace

MatchPage SearchRanked(MatchContext& context, const Xapian::Query& query, uint32_t offset,
                       uint32_t count, const Limits& limits, bool list_terms) {
  Xapian::Enquire enquire(context.snapshot.both());
  enquire.set_query(Visible(context, query));
  enquire.set_weighting_scheme(Xapian::BM25Weight(schema::kWdfScale * kK1, 0, 1, 0, 0.5));
  DeadlineSpy spy(context.deadline);
  enquire.add_matchspy(&spy);
  const Xapian::MSet mset = enquire.get_mset(offset, count + 1, limits.total_check_limit);
  MatchPage page{.matches = {}, .total = TotalOf(mset), .more = mset.size() > count};
  for (Xapian::MSetIterator hit = mset.begin(); hit != mset.end(); ++hit) {
    if (page.matches.size() == count) break;
    Match match{.doc = context.snapshot.FromBoth(*hit), .score = hit.get_weight()};
    if (list_terms) match.terms = TermsIn(context, query, *hit);
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
