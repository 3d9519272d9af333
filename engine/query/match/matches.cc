// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/match/matches.h"

#include <algorithm>
#include <cstdint>
#include <limits>

#include "engine/query/match/visibility.h"

namespace broadsheet::query {
namespace {

v1::Total MakeTotal(uint64_t value, bool exact) {
  constexpr uint64_t kMost = std::numeric_limits<int32_t>::max();
  v1::Total total;
  total.set_value(static_cast<int32_t>(std::min(value, kMost)));
  total.set_relation(exact && value <= kMost ? v1::Total::RELATION_EXACT
                                             : v1::Total::RELATION_AT_LEAST);
  return total;
}

}  // namespace

v1::Total TotalOf(const Xapian::MSet& mset) {
  const Xapian::doccount lower = mset.get_matches_lower_bound();
  const Xapian::doccount seen = mset.get_firstitem() + mset.size();
  return MakeTotal(std::max(lower, mset.empty() ? lower : seen),
                   lower == mset.get_matches_upper_bound());
}

v1::Total CountMatches(MatchContext& context, const Xapian::Query& query,
                       Xapian::doccount check_limit) {
  Xapian::Enquire enquire(context.snapshot.both());
  enquire.set_query(NotBarred(context, query));
  enquire.set_weighting_scheme(Xapian::BoolWeight());
  DeadlineSpy spy(context.deadline);
  enquire.add_matchspy(&spy);
  return TotalOf(enquire.get_mset(0, 0, check_limit));
}

v1::Total Sum(const v1::Total& a, const v1::Total& b) {
  const bool exact =
      a.relation() == v1::Total::RELATION_EXACT && b.relation() == v1::Total::RELATION_EXACT;
  return MakeTotal(static_cast<uint64_t>(a.value()) + static_cast<uint64_t>(b.value()), exact);
}

}  // namespace broadsheet::query
