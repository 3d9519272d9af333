// SPDX-License-Identifier: GPL-3.0-or-later
// The tokens that the analyser makes of a text, and their places.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace broadsheet::text {

// The break between a token and the one before it in the same text.
enum class Break : uint8_t { kNone, kSentence, kParagraph };

// One word of a text. The views point into the analyser's own memory or into the text and are
// valid until the sink returns.
struct Token {
  // The index term: NFKC case-folded, accents folded, stemmed in the text's language, shortened
  // when it is long (long_word.h). Never empty, at most kMaxTermBytes, never starts with an ASCII
  // capital (which marks a field's prefix).
  std::string_view term;
  // The word as written but for case and compatibility forms: accents kept, not stemmed.
  std::string_view exact;
  // The folded form, accents folded, not stemmed: what `term` is in a text of unknown language.
  std::string_view folded;
  // Counted from 0 in each text. Parts of a compound have positions of their own.
  uint32_t position = 0;
  // Bytes [begin, end) of the text that the token came from.
  uint32_t begin = 0;
  uint32_t end = 0;
  Break before = Break::kNone;
  // True for a further form at the position of the token before it (the whole of a compound, a
  // word without its sign, the beginning of a long word).
  bool alternative = false;
  // True when the token continues the written word of the token before it ("19" of "COVID-19").
  bool continues_word = false;
};

// The place of a token, without its forms; the fields are those of Token.
struct Place {
  uint32_t position = 0;
  uint32_t begin = 0;
  uint32_t end = 0;
  bool alternative = false;
};

// The longest term in bytes, that of a long word.
inline constexpr size_t kMaxTermBytes = 209;

}  // namespace broadsheet::text
