// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/compile/rarity.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace broadsheet::query {
namespace {

using XQuery = Xapian::Query;

// Articles with any of the query's terms, if none had two of them.
double CountAny(const Xapian::Database& database, const XQuery& query) {
  double count = 0;
  for (auto term = query.get_unique_terms_begin(); term != query.get_unique_terms_end(); ++term) {
    count += database.get_termfreq(*term);
  }
  return count;
}

}  // namespace

double RarityOf(const Xapian::Database& database, const XQuery& query) {
  switch (query.get_type()) {
    case XQuery::OP_AND:
    case XQuery::OP_FILTER: {
      double sum = 0;
      for (size_t i = 0; i < query.get_num_subqueries(); ++i) {
        sum += RarityOf(database, query.get_subquery(i));
      }
      return sum;
    }
    case XQuery::LEAF_POSTING_SOURCE:
      return 0;
    default:
      break;
  }
  const double count = CountAny(database, query);
  if (count == 0) return 0;
  return std::log(1 + std::max<double>(database.get_doccount(), count) / count);
}

}  // namespace broadsheet::query
