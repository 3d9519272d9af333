// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/plain_text/lines/topic.h"

#include <algorithm>

#include "engine/text/char_class.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::page {
namespace {

// One past so many characters of `word`, or npos when it has fewer.
size_t BehindCharacters(std::string_view word, size_t at, size_t characters) {
  for (; characters > 0; --characters) {
    if (at >= word.size()) return std::string_view::npos;
    at = text::CharacterAt(word, at).end;
  }
  return at;
}

}  // namespace

void Topic::Add(std::string_view text) { AddFolded(FoldedWords(text)); }

void Topic::AddFolded(const std::vector<std::string>& words) {
  constexpr size_t kStemCharacters = 6;
  constexpr size_t kPairCharacters = 2;
  for (const std::string& word : words) {
    const bool spaced = CountWords(word) == 1;
    const size_t characters = spaced ? kStemCharacters : kPairCharacters;
    for (size_t begin = 0; begin < word.size();) {
      const size_t end = BehindCharacters(word, begin, characters);
      if (end == std::string::npos) break;
      words_.insert(word.substr(begin, end - begin));
      if (spaced) break;
      begin = text::CharacterAt(word, begin).end;
    }
  }
}

double Topic::Share(const Topic& other) const {
  if (other.words_.empty()) return 0;
  const auto shared = std::count_if(other.words_.begin(), other.words_.end(),
                                    [&](const std::string& word) { return words_.contains(word); });
  return static_cast<double>(shared) / static_cast<double>(other.words_.size());
}

}  // namespace broadsheet::sources::page
