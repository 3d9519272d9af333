// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/match/late_checks.h"

#include <algorithm>
#include <cstdint>

#include "engine/query/match/posting_sources.h"

namespace broadsheet::query {

using storage::Segment;

namespace {

// How many documents have the words of a phrase: those of its rarest word at most.
uint64_t MostDocumentsOf(const PhrasePattern& phrase) {
  uint64_t fewest = UINT64_MAX;
  for (const WordPattern& word : phrase.words) {
    fewest = std::min<uint64_t>(fewest, word.frequency);
  }
  return fewest;
}

uint64_t MostDocumentsOf(const TokenConstraint& constraint) {
  uint64_t fewest = UINT64_MAX;
  for (const std::vector<PhrasePattern>& alternatives : constraint.operands) {
    uint64_t any = 0;
    for (const PhrasePattern& phrase : alternatives) any += MostDocumentsOf(phrase);
    fewest = std::min(fewest, any);
  }
  return fewest;
}

}  // namespace

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

uint32_t LateChecks::CountLimit(const std::vector<TokenConstraint>& constraints, uint32_t limit,
                                uint32_t most_verified) {
  if (constraints.empty()) return limit;
  uint64_t fewest = UINT64_MAX;
  for (const TokenConstraint& constraint : constraints) {
    fewest = std::min(fewest, MostDocumentsOf(constraint));
  }
  return fewest <= most_verified ? limit : 0;
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
