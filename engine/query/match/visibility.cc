// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/match/visibility.h"

#include <string>
#include <vector>

#include "engine/query/match/posting_sources.h"
#include "engine/schema/terms.h"

namespace broadsheet::query {

Xapian::Query Released(const storage::Snapshot& snapshot, const Xapian::Query& query,
                       absl::Time now) {
  std::vector<Xapian::Query> withheld;
  if (snapshot.has_withheld()) withheld.emplace_back(std::string(schema::kWithheldTerm));
  const std::string ahead = schema::EncodeSeconds(absl::ToUnixSeconds(now) + 1);
  // Archives are full of embargoes that ended long ago.
  if (snapshot.last_embargo() >= ahead) {
    withheld.emplace_back(Xapian::Query::OP_VALUE_GE, schema::SlotNumber(schema::Slot::kEmbargo),
                          ahead);
  }
  if (withheld.empty() || query.empty()) return query;
  return {Xapian::Query::OP_AND_NOT, query,
          Xapian::Query(Xapian::Query::OP_OR, withheld.begin(), withheld.end())};
}

Xapian::Query NotBarred(MatchContext& context, const Xapian::Query& query) {
  if (!context.snapshot.has_barred() || query.empty()) return query;
  const Xapian::Query seen = FilteredBy(query, new NotBarredSource(context));
  return context.snapshot.is_restricted() ? FilteredBy(seen, new PermittedSource(context)) : seen;
}

Xapian::Query Filtered(const Xapian::Query& query, const Xapian::Query& filter) {
  if (filter.get_type() == Xapian::Query::LEAF_MATCH_ALL) return query;
  return {Xapian::Query::OP_FILTER, query, filter};
}

void VisibleTerms::FindWithheld() {
  looked_ = true;
  const Xapian::Database& database = context_.snapshot.both();
  const std::string withheld_term(schema::kWithheldTerm);
  const auto withheld_end = database.postlist_end(withheld_term);
  for (auto at = database.postlist_begin(withheld_term); at != withheld_end; ++at) {
    context_.deadline.Poll();
    withheld_.insert(*at);
  }
  const Xapian::valueno embargo = schema::SlotNumber(schema::Slot::kEmbargo);
  const std::string from = schema::EncodeSeconds(absl::ToUnixSeconds(now_) + 1);
  const auto embargoed_end = database.valuestream_end(embargo);
  for (auto at = database.valuestream_begin(embargo); at != embargoed_end; ++at) {
    context_.deadline.Poll();
    if (*at >= from) withheld_.insert(at.get_docid());
  }
}

bool VisibleTerms::IsVisible(Xapian::docid docid) const {
  return !withheld_.contains(docid) &&
         !context_.snapshot.IsBarred(context_.snapshot.FromBoth(docid));
}

bool VisibleTerms::Has(const std::string& term) {
  if (!looked_) FindWithheld();
  if (withheld_.empty() && !context_.snapshot.has_barred()) return true;
  const Xapian::Database& database = context_.snapshot.both();
  const auto end = database.postlist_end(term);
  for (auto at = database.postlist_begin(term); at != end; ++at) {
    context_.deadline.Poll();
    if (IsVisible(*at)) return true;
  }
  return false;
}

}  // namespace broadsheet::query
