// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/columns/value_index.h"

#include <algorithm>
#include <utility>

namespace broadsheet::storage {
namespace {

// Values that are longer are found by their beginning alone.
constexpr size_t kMostWordsOfValue = 16;

// Whether a word begins behind this byte of a folded value.
bool SeparatesWords(char c) {
  return c == ' ' || c == '-' || c == '/' || c == '(' || c == '"' || c == '#' || c == '@';
}

}  // namespace

std::vector<size_t> WordBegins(std::string_view folded) {
  std::vector<size_t> begins;
  for (size_t at = 0; at < folded.size() && begins.size() < kMostWordsOfValue; ++at) {
    const bool begins_here = at == 0 || SeparatesWords(folded[at - 1]);
    if (begins_here && !SeparatesWords(folded[at])) begins.push_back(at);
  }
  return begins;
}

ValueIndex::ValueIndex(const ValueTable& values, const ValueRows& rows)
    : values_(values), documents_(values.count()) {
  for (uint32_t docid = 1; docid <= rows.count(); ++docid) {
    for (const uint32_t number : rows.NumbersOf(docid)) {
      if (number < documents_.size()) ++documents_[number];
    }
  }
  FindWords();
}

void ValueIndex::FindWords() {
  // The text is looked up once for each word, not once for each comparison.
  std::vector<std::pair<FieldValue, ValueWord>> found;
  for (uint32_t number = 0; number < values_.count(); ++number) {
    if (values_.IsFurtherSpelling(number)) continue;
    const FieldValue value = values_.At(number);
    for (const size_t at : WordBegins(value.folded)) {
      found.push_back({{.field = value.field, .folded = value.folded.substr(at), .spelling = {}},
                       {.number = number, .offset = static_cast<uint32_t>(at)}});
    }
  }
  // Equal texts in the order of their values.
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  words_.reserve(found.size());
  for (const auto& [text, word] : found) words_.push_back(word);
}

std::span<const ValueWord> ValueIndex::WordsWith(schema::FieldId field,
                                                 std::string_view prefix) const {
  const auto begins_before = [&](const ValueWord& word) {
    const schema::FieldId of = values_.At(word.number).field;
    return of != field ? of < field : TextFrom(word) < prefix;
  };
  const auto begins_with = [&](const ValueWord& word) {
    return values_.At(word.number).field == field && TextFrom(word).starts_with(prefix);
  };
  const auto begin = std::partition_point(words_.begin(), words_.end(), begins_before);
  const auto end = std::partition_point(begin, words_.end(), begins_with);
  return std::span(words_).subspan(static_cast<size_t>(begin - words_.begin()),
                                   static_cast<size_t>(end - begin));
}

}  // namespace broadsheet::storage
