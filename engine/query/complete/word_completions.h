// SPDX-License-Identifier: GPL-3.0-or-later
// Words of the index, as they are written, that begin with what was typed, or nearly so; and whole
// words that are nearly what was typed, for queries with a slip in them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/query/complete/allowed_documents.h"
#include "engine/query/complete/near_texts.h"
#include "engine/query/complete/visible_vocabulary.h"
#include "engine/query/match/match_context.h"
#include "engine/schema/field_table.h"
#include "engine/text/analyzer.h"

namespace broadsheet::query {

struct OfferedWord {
  std::string folded;
  std::string written;
  uint64_t popularity = 0;  // about how many articles have it
  int edits = 0;
};

struct WordSearch {
  MatchContext& context;
  text::Analyzer& analyzer;
  const VisibleVocabulary& vocabulary;
  AllowedDocuments& allowed;
  // Of which `allowed` are the documents; null where these are all visible ones.
  const FilteredArticles* filtered = nullptr;
  // Whether words that only live has are meant, too.
  bool with_live = true;
  // Where words have to stand; none = in the fields of the default search.
  std::optional<schema::FieldId> field = {};
};

// The most popular words that begin with `prefix` (folded, not empty) and stand in an allowed
// article, each folded form once, as it is most often written. Throws what Xapian and the deadline
// throw.
std::vector<OfferedWord> WordsWithPrefix(const WordSearch& search, const std::string& prefix,
                                         size_t most);

// What may differ, and where a word has to be right.
struct NearWords {
  std::string typed;  // folded
  NearWhat what = NearWhat::kWhole;
  int most_edits = 1;
  size_t right_letters = 1;  // at the beginning
};

// The same of words that are near, fewest edits first, and none without any.
std::vector<OfferedWord> WordsNear(const WordSearch& search, const NearWords& near, size_t most);

// The terms of a word in the index.
std::vector<std::string> TermsOf(const WordSearch& search, std::string_view word);

}  // namespace broadsheet::query
