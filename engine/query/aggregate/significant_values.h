// SPDX-License-Identifier: GPL-3.0-or-later
// Values that stand out in what matches: much more frequent there than among all articles.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/query/aggregate/matched_documents.h"
#include "engine/query/match/match_context.h"
#include "engine/schema/field_table.h"

namespace broadsheet::query {

struct SignificantOccurrence {
  schema::FieldId field = schema::FieldId::kTag;
  std::string value;   // as most of the matching articles spell it
  uint64_t count = 0;  // of the matching articles
  uint64_t all = 0;    // of all
  double score = 0;
};

// At most `most` values of the telling fields (Field::telling), best first; equal ones in order.
// Scored by the change of their share, absolute times relative: the "JLH score" of Elasticsearch's
// significant terms. A value of less than three matching articles is chance. DATA_LOSS when live is
// damaged; throws what Xapian and the deadline throw.
absl::StatusOr<std::vector<SignificantOccurrence>> FindSignificantValues(
    MatchContext& context, const MatchedDocuments& matched, const MatchedDocuments& visible,
    size_t most);

}  // namespace broadsheet::query
