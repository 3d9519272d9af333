// SPDX-License-Identifier: GPL-3.0-or-later
// Makes the index entry of one article, without Xapian: terms with their wdf, slot values, token
// run. Builds and live writes both use it, so both give an article the same terms.
//
//   DocumentAnalyzer analyzer(token_seed, assumed_language);
//   const DocumentTerms& document = analyzer.Analyze(article);
//
// Token run. It has the texts of the article in the order of Field::run_place, also those that the
// default search leaves out, with a field mark at the start of each text. An exact form follows the
// code of its word or alternative.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "broadsheet/v1/article.pb.h"
#include "engine/indexing/document/term_counts.h"
#include "engine/indexing/document/word_counts.h"
#include "engine/schema/field_table.h"
#include "engine/schema/terms.h"
#include "engine/storage/base/token_run.h"
#include "engine/text/analyzer.h"

namespace broadsheet::indexing {

struct DocumentTerm {
  std::string_view term;
  // As in schema/term_weight.h; 0 for whole values, dates and the id, which filter and never score.
  uint32_t wdf = 0;
  bool operator==(const DocumentTerm&) const = default;
};

struct SlotValue {
  schema::Slot slot;
  std::string value;
  bool operator==(const SlotValue&) const = default;
};

struct DocumentTerms {
  // Each term once, in bytewise order, all within the lengths Xapian takes.
  std::vector<DocumentTerm> terms;
  std::vector<SlotValue> slots;
  std::vector<uint32_t> tokens;
  // Words of the default search's fields.
  uint32_t length = 0;
};

// Not thread-safe; one for each thread, since it is costly to make (see text::Analyzer).
class DocumentAnalyzer {
 public:
  // Both are the generation's (MANIFEST); `assumed_language` is AssumedLanguage::tag.
  // `words` counts the words of all articles that are analysed; it outlives this, and may be null.
  DocumentAnalyzer(uint64_t token_seed, std::string assumed_language, WordCounts* words = nullptr);
  DocumentAnalyzer(const DocumentAnalyzer&) = delete;
  DocumentAnalyzer& operator=(const DocumentAnalyzer&) = delete;

  // `article` must be prepared (schema::PrepareArticle). The result is valid until the next call.
  const DocumentTerms& Analyze(const v1::Article& article);

 private:
  // One text of a field: its mark, then its words.
  void AddText(schema::FieldId field, std::string_view text, std::string_view language);
  void AddToken(const schema::Field& field, const text::Token& token);
  void AddCodes(const text::Token& token, uint32_t term_hash);
  void AddTexts(const v1::Article& article);
  void AddValues(const v1::Article& article);
  void AddDates(const v1::Article& article);
  void AddVisibility(const v1::Article& article);
  void AddValue(schema::FieldId field, std::string_view value);
  void AddSlot(schema::Slot slot, std::string value);
  void FinishTerms();

  const uint64_t token_seed_;
  const std::string assumed_language_;
  WordCounts* const words_;
  bool counts_words_ = false;  // of the article that is analysed
  text::Analyzer analyzer_;
  TermCounts counts_;
  DocumentTerms document_;
};

}  // namespace broadsheet::indexing
