// SPDX-License-Identifier: GPL-3.0-or-later
// Counts the whole values of fields in the documents that match.
//
//   FacetCounter counter(context, matched);
//   counter.Count({FieldId::kTag, FieldId::kSource});
//   FacetValues tags = counter.Select({.field = FieldId::kTag, .limit = 10});
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "engine/query/aggregate/matched_documents.h"
#include "engine/query/match/match_context.h"
#include "engine/schema/field_table.h"
#include "engine/storage/columns/columns.h"

namespace broadsheet::query {

// Which values of a facet are wanted, and in which order.
struct FacetSelection {
  schema::FieldId field = schema::FieldId::kTag;
  std::string prefix = {};  // folded
  bool by_value = false;    // else by count
  size_t limit = 0;
};

struct ValueOccurrence {
  std::string value;
  uint64_t count = 0;
  bool operator==(const ValueOccurrence&) const = default;
};

struct FacetValues {
  std::vector<ValueOccurrence> values;
  uint64_t distinct = 0;  // those beyond the limit included
  uint64_t without = 0;   // articles without any value
};

// Spellings are counted one by one and added up to values at the end: of an article's spellings of
// one value only one is stored. Not thread-safe.
class FacetCounter {
 public:
  // Both outlive this.
  FacetCounter(MatchContext& context, const MatchedDocuments& matched)
      : context_(context), matched_(matched) {}

  // Walks over the documents once. Call it once, with each field once. DATA_LOSS when live is
  // damaged; throws what Xapian and the deadline throw.
  absl::Status Count(const std::vector<schema::FieldId>& fields);
  // `selection.field` was counted.
  FacetValues Select(const FacetSelection& selection);
  // How many of the documents have the value (folded) of `field`, which was counted, in any
  // spelling.
  uint64_t CountOf(schema::FieldId field, std::string_view folded) const;

 private:
  using Spellings = std::map<std::string, uint64_t, std::less<>>;

  struct FieldCounts {
    schema::FieldId field = schema::FieldId::kTag;
    storage::ValueRange range;     // of the field in base
    std::vector<uint32_t> counts;  // of base, by number from range.begin on
    uint64_t articles = 0;         // that have a value
    // Of live, by folded form.
    std::map<std::string, Spellings, std::less<>> live;
  };
  // A value of base, of live, or of both.
  struct Candidate {
    storage::ValueRange base;  // its spellings; empty when base has none
    std::string_view folded;   // empty when only base has it
    uint64_t count = 0;
  };

  const storage::ValueTable& values() const {
    return context_.snapshot.generation().columns().values();
  }
  const FieldCounts& CountsOf(schema::FieldId field) const;
  void CountBase();
  absl::Status CountLive();
  std::vector<Candidate> CandidatesOf(const FieldCounts& counts, std::string_view prefix);
  std::string SpellingOf(const FieldCounts& counts, const Candidate& candidate) const;
  bool Before(const Candidate& a, const Candidate& b) const;

  MatchContext& context_;
  const MatchedDocuments& matched_;
  std::vector<FieldCounts> fields_;  // in the order of their ranges
};

}  // namespace broadsheet::query
