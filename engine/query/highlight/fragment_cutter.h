// SPDX-License-Identifier: GPL-3.0-or-later
// Cuts a passage out of its text and marks the matches in it.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "broadsheet/v1/search_service.pb.h"
#include "engine/query/highlight/located_words.h"
#include "engine/query/highlight/passages.h"
#include "engine/text/graphemes.h"

namespace broadsheet::query {

struct TextRange {
  uint32_t begin = 0;
  uint32_t end = 0;
  auto operator<=>(const TextRange&) const = default;
};

// How many words on each side of a passage a cut reads, to keep a written word ("state-of-the-art")
// whole.
inline constexpr uint32_t kCutMargin = 4;

// The piece of `text` that shows words `shown`, with the punctuation that belongs to them: about
// `chars` characters, at most a fifth more unless `core` alone is longer. It starts and ends at
// written words. Both ranges count words from 0 in the text; `located` covers the words shown and
// kCutMargin more on both sides. Empty when the text has none of these words.
TextRange CutPiece(std::string_view text, const LocatedWords& located, WordRange shown,
                   WordRange core, size_t chars);

// Makes a fragment of `piece`, without its field: marks the ranges of `lit`, in order and clipped
// to the piece. Neither the fragment nor a mark splits a character (grapheme cluster). Ranges of
// `lit` may overlap.
v1::Fragment MakeFragment(std::string_view text, TextRange piece, const std::vector<TextRange>& lit,
                          text::Graphemes& graphemes);

}  // namespace broadsheet::query
