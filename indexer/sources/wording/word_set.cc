// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/wording/word_set.h"

#include "engine/text/fold.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::page {

FixedWords FixedWords::FoldedFrom(std::span<const std::string_view> lists) {
  FixedWords set;
  for (const std::string_view list : lists) {
    for (const std::string_view word : Words(list)) set.words_.insert(text::FoldValue(word));
  }
  return set;
}

FixedWords FixedWords::FoldedTexts(std::span<const std::string_view> texts) {
  FixedWords set;
  for (const std::string_view whole : texts) set.words_.insert(text::FoldValue(whole));
  return set;
}

}  // namespace broadsheet::sources::page
