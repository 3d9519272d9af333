// SPDX-License-Identifier: GPL-3.0-or-later
// Fixed sets of words, for tables of vocabulary.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"

namespace broadsheet::sources {

// Whether `word` is one of a few `words`, which are asked one after the other.
template <size_t kSize>
constexpr bool IsOneOf(std::string_view word, const std::array<std::string_view, kSize>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace broadsheet::sources

namespace broadsheet::sources::page {

// For many words.
class FixedWords {
 public:
  // `words` are separated by blanks.
  explicit FixedWords(absl::string_view words) : words_(absl::StrSplit(words, ' ')) {}

  // The words of `lists`, folded (text::FoldValue).
  static FixedWords FoldedFrom(std::span<const std::string_view> lists);

  bool Has(std::string_view word) const {
    return words_.contains(absl::string_view(word.data(), word.size()));
  }

 private:
  FixedWords() = default;

  absl::flat_hash_set<std::string> words_;
};

}  // namespace broadsheet::sources::page
