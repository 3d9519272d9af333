// SPDX-License-Identifier: GPL-3.0-or-later
// Restricts a search to the articles that are visible to readers, which are neither withheld nor
// barred (superseded, or outside a licence), and suggestions to the terms of these articles.
#pragma once

#include <xapian.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_set>

#include "absl/time/time.h"
#include "engine/query/match/match_context.h"
#include "engine/storage/live/snapshot.h"

namespace broadsheet::query {

// Restricts `query` to articles that are released at `now`: schema::IsReleased in terms of the
// index. Returns `query` itself when the snapshot has no others, so that the common case costs
// nothing. Throws Xapian's exceptions.
Xapian::Query Released(const storage::Snapshot& snapshot, const Xapian::Query& query,
                       absl::Time now);

// `query` without barred articles.
Xapian::Query NotBarred(MatchContext& context, const Xapian::Query& query);

// `query` restricted by `filter`, which does not score.
Xapian::Query Filtered(const Xapian::Query& query, const Xapian::Query& filter);

// Tells which terms occur in an article that is visible at `now`: no other term may be suggested,
// listed, or counted as a match of a wildcard. Not thread-safe; `context` must outlive it.
class VisibleTerms {
 public:
  VisibleTerms(MatchContext& context, absl::Time now) : context_(context), now_(now) {}

  // `term` is a term of the index. Costs nothing when all articles are visible, else reads the
  // term's first postings. Throws Xapian's exceptions and DeadlineError.
  bool Has(const std::string& term);

 private:
  // `docid` is one of snapshot.both().
  bool IsVisible(Xapian::docid docid) const;
  void FindWithheld();

  MatchContext& context_;
  const absl::Time now_;
  bool looked_ = false;
  std::unordered_set<Xapian::docid> withheld_;
};

}  // namespace broadsheet::query
