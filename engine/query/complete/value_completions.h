// SPDX-License-Identifier: GPL-3.0-or-later
// Whole values of a field of which a word begins with what was typed, or nearly so.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/query/complete/allowed_documents.h"
#include "engine/query/complete/near_texts.h"
#include "engine/query/complete/visible_vocabulary.h"
#include "engine/query/match/match_context.h"
#include "engine/schema/field_table.h"

namespace broadsheet::query {

struct OfferedValue {
  schema::FieldId field = schema::FieldId::kTag;
  std::string value;   // as most visible articles spell it
  uint64_t count = 0;  // visible articles that have it
  int edits = 0;
};

struct ValueSearch {
  MatchContext& context;
  const VisibleVocabulary& vocabulary;
  AllowedDocuments& allowed;
  // Of which `allowed` are the documents; null where these are all visible ones.
  const FilteredArticles* filtered = nullptr;
  schema::FieldId field = schema::FieldId::kTag;
};

// The most frequent values of the field, with a word that begins with `prefix` (folded). Throws
// what Xapian and the deadline throw.
std::vector<OfferedValue> ValuesWithPrefix(const ValueSearch& search, const std::string& prefix,
                                           size_t most);

// The same of values with a word that begins nearly so, within `most_edits`; its first
// `right_letters` are taken as right. Fewest edits first, and none without any.
std::vector<OfferedValue> ValuesNear(const ValueSearch& search, const std::string& typed,
                                     int most_edits, size_t right_letters, size_t most);

}  // namespace broadsheet::query
