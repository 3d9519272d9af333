// SPDX-License-Identifier: GPL-3.0-or-later
// Which articles are visible to readers, those that are neither withheld nor superseded, and which
// terms.
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

// What `query` matches of the articles that a reader may see at `now`; `query` itself when the
// snapshot holds no others, so that the common case costs nothing. The index form of
// schema::IsReleased. Throws what Xapian throws.
Xapian::Query Releasable(const storage::Snapshot& snapshot, const Xapian::Query& query,
                         absl::Time now);

// `query` without articles that are superseded.
Xapian::Query NotSuperseded(MatchContext& context, const Xapian::Query& query);

// `query` narrowed by `filter`, which does not score.
Xapian::Query Filtered(const Xapian::Query& query, const Xapian::Query& filter);

// Terms of articles that are visible at `now`: no other is to be suggested, listed, or counted
// among what a wildcard reaches. Not thread-safe; `context` outlives it.
class VisibleTerms {
 public:
  VisibleTerms(MatchContext& context, absl::Time now) : context_(context), now_(now) {}

  // `term` as the index has it. Costs nothing where every article is visible, and a look at the
  // term's first articles otherwise. Throws what Xapian and the deadline throw.
  bool Has(const std::string& term);

 private:
  // `docid` counts in snapshot.both().
  bool IsVisible(Xapian::docid docid) const;
  void FindWithheld();

  MatchContext& context_;
  const absl::Time now_;
  bool looked_ = false;
  std::unordered_set<Xapian::docid> withheld_;
};

}  // namespace broadsheet::query
