// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/similar/seed_text.h"

#include <algorithm>
#include <unordered_map>

#include "engine/schema/article_language.h"
#include "engine/schema/field_table.h"
#include "engine/schema/field_values.h"
#include "engine/storage/base/token_code.h"
#include "engine/weights/article_vectors.h"

namespace broadsheet::query {
namespace {

// The fields of the default search in the order of a token run.
std::vector<const schema::Field*> FieldsInOrder() {
  std::vector<const schema::Field*> fields;
  for (const schema::Field& field : schema::Fields()) {
    if (field.weight > 0 && field.run_place > 0) fields.push_back(&field);
  }
  std::stable_sort(fields.begin(), fields.end(),
                   [](const auto* a, const auto* b) { return a->run_place < b->run_place; });
  return fields;
}

class WordCounter {
 public:
  WordCounter(uint64_t token_seed, text::Analyzer& analyzer)
      : token_seed_(token_seed), analyzer_(analyzer) {}

  bool full() const { return text_.length >= weights::kWordsRead; }

  void Add(const schema::Field& field, std::string_view text, std::string_view language) {
    analyzer_.Analyze(text, language, [&](const text::Token& token) {
      // Further forms of a word would count it twice.
      if (token.alternative || full()) return;
      ++text_.length;
      Count(token, text, static_cast<uint32_t>(field.weight));
    });
  }

  SeedText Take() { return std::move(text_); }

 private:
  void Count(const text::Token& token, std::string_view text, uint32_t weight) {
    const auto [place, is_new] = places_.try_emplace(std::string(token.term), text_.words.size());
    if (is_new) {
      text_.words.push_back(
          {.term = place->first,
           .written = std::string(text.substr(token.begin, token.end - token.begin)),
           .hash = storage::HashTerm(token.term, token_seed_)});
    }
    text_.words[place->second].count += weight;
  }

  const uint64_t token_seed_;
  text::Analyzer& analyzer_;
  SeedText text_;
  std::unordered_map<std::string, size_t> places_;  // of terms in text_.words
};

}  // namespace

SeedText CountSeedWords(const v1::Article& article, std::string_view assumed_language,
                        uint64_t token_seed, text::Analyzer& analyzer) {
  static const std::vector<const schema::Field*> fields = FieldsInOrder();
  const std::string_view language = schema::AnalysisLanguage(article, assumed_language);
  WordCounter counter(token_seed, analyzer);
  for (const schema::Field* field : fields) {
    schema::ForEachValue(article, field->id, [&](int /*index*/, const std::string& value) {
      if (!counter.full()) counter.Add(*field, value, schema::StemLanguage(*field, language));
    });
  }
  return counter.Take();
}

}  // namespace broadsheet::query
