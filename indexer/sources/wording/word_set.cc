// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/wording/word_set.h"

#include "engine/text/fold.h"

namespace broadsheet::sources::page {

FixedWords FixedWords::FoldedFrom(std::span<const std::string_view> lists) {
  FixedWords set;
  for (const std::string_view list : lists) {
    const absl::string_view words(list.data(), list.size());
    for (const absl::string_view word : absl::StrSplit(words, ' ', absl::SkipEmpty())) {
      set.words_.insert(text::FoldValue({word.data(), word.size()}));
    }
  }
  return set;
}

}  // namespace broadsheet::sources::page
