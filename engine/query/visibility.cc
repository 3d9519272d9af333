// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/visibility.h"

#include <string>
#include <vector>

#include "engine/schema/terms.h"

namespace broadsheet::query {

Xapian::Query OnlyVisible(const storage::Snapshot& snapshot, const Xapian::Query& query,
                          absl::Time now) {
  const Xapian::Database& database = snapshot.both();
  const std::string hidden_term(schema::kHiddenTerm);
  const Xapian::valueno embargo = schema::SlotNumber(schema::Slot::kEmbargo);
  std::vector<Xapian::Query> hidden;
  if (database.term_exists(hidden_term)) hidden.emplace_back(hidden_term);
  if (database.get_value_freq(embargo) > 0) {
    hidden.emplace_back(Xapian::Query::OP_VALUE_GE, embargo,
                        schema::EncodeSeconds(absl::ToUnixSeconds(now) + 1));
  }
  if (hidden.empty() || query.empty()) return query;
  return {Xapian::Query::OP_AND_NOT, query,
          Xapian::Query(Xapian::Query::OP_OR, hidden.begin(), hidden.end())};
}

}  // namespace broadsheet::query
