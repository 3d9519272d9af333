// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/match/late_checks.h"

#include <algorithm>

#include "engine/query/match/posting_sources.h"

namespace broadsheet::query {

using storage::Segment;

// Matches everything, and records which database Xapian is matching.
class LateChecks::Watch : public CheckingSource {
 public:
  Watch(MatchContext& context, Segment* segment) : CheckingSource(context), segment_(segment) {}
  Watch* clone() const override { return new Watch(context(), segment_); }

 protected:
  bool Matches(storage::DocRef doc) override {
    *segment_ = doc.segment;
    return true;
  }

 private:
  Segment* segment_;
};

LateChecks::LateChecks(MatchContext& context, const std::vector<TokenConstraint>& constraints)
    : context_(context) {
  for (const TokenConstraint& constraint : constraints) {
    matchers_.emplace_back(constraint, &context.deadline);
  }
}

Xapian::Query LateChecks::Watched(const Xapian::Query& query) {
  // Without live there is only one database.
  if (matchers_.empty() || !context_.snapshot.has_live() || query.empty()) return query;
  return FilteredBy(query, new Watch(context_, &segment_));
}

bool LateChecks::operator()(const Xapian::Document& document) const {
  context_.deadline.Poll();
  // The docid within its own database, also when both are searched.
  const storage::TokenRun run =
      context_.snapshot.ReadTokens({.segment = segment_, .docid = document.get_docid()});
  return std::all_of(matchers_.begin(), matchers_.end(),
                     [&](TokenMatcher& matcher) { return matcher.Matches(run); });
}

}  // namespace broadsheet::query
