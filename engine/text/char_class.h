// SPDX-License-Identifier: GPL-3.0-or-later
// Classes of characters by their effect on a word: belonging to it, joining two, vanishing, or
// ending it. ICU's properties are looked up once for each process; reading them is safe from any
// thread.
#pragma once

#include <unicode/uchar.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace broadsheet::text {

enum class CharClass : uint8_t {
  kSeparator,   // ends a word; also every ill-formed sequence
  kWord,        // letters and digits of scripts that put spaces between words
  kMark,        // combining marks: part of a word, never its start
  kBigram,      // scripts without spaces, and Hangul, whose particles cling to the word
  kIgnorable,   // soft hyphen, joiners, direction marks, tatweel: vanish inside a word
  kApostrophe,  // ' and its typographic variants
  kHyphen,      // - and its typographic variants, the en dash among them
  kSlash,       // variants of the slash, that of fractions among them
  kFraction,    // one half and its like: the word 1/2
};

// The mark of a Hebrew initialism.
inline constexpr UChar32 kGershayim = 0x05F4;

// A character of a text: code point (negative when ill-formed) and the offset after it.
struct Character {
  UChar32 code_point;
  size_t end;
};

// The character at `pos` < text.size(). An ill-formed sequence is one maximal subpart long.
Character DecodeNonAscii(std::string_view text, size_t pos);
inline Character CharacterAt(std::string_view text, size_t pos) {
  const auto byte = static_cast<unsigned char>(text[pos]);
  if (byte < 0x80) return {byte, pos + 1};
  return DecodeNonAscii(text, pos);
}

inline constexpr bool IsAscii(char c) { return static_cast<unsigned char>(c) < 0x80; }
inline constexpr bool IsAsciiDigit(char c) { return c >= '0' && c <= '9'; }
inline constexpr bool IsAsciiUpper(char c) { return c >= 'A' && c <= 'Z'; }
inline constexpr bool IsAsciiAlpha(char c) { return IsAsciiUpper(c) || (c >= 'a' && c <= 'z'); }
inline constexpr bool IsAsciiAlnum(char c) { return IsAsciiAlpha(c) || IsAsciiDigit(c); }
inline constexpr char AsciiLower(char c) {
  return IsAsciiUpper(c) ? static_cast<char>(c + ('a' - 'A')) : c;
}

// White_Space of Unicode. False for what is ill-formed.
inline bool IsWhiteSpace(UChar32 c) {
  if (c < 0x80) return c == ' ' || (c >= '\t' && c <= '\r');
  return u_isUWhiteSpace(c) != 0;
}

// The end of the run of printed ASCII characters that begins at `pos`; `pos` when none does. Most
// text is such runs, which need no look at each character.
inline size_t EndOfPrintedAscii(std::string_view text, size_t pos) {
  while (pos < text.size() && text[pos] > ' ' && text[pos] < 0x7F) ++pos;
  return pos;
}

class CharClasses {
 public:
  // The one table of the process; made at the first call (about a millisecond).
  static const CharClasses& Get();

  CharClass Of(UChar32 code_point) const {
    if (code_point < 0) return CharClass::kSeparator;
    if (code_point < static_cast<UChar32>(basic_plane_.size())) {
      return basic_plane_[static_cast<size_t>(code_point)];
    }
    return Classify(code_point);
  }

  // True if a word can begin at `pos`; false at the end of the text.
  bool StartsWord(std::string_view text, size_t pos) const {
    if (pos >= text.size()) return false;
    if (IsAscii(text[pos])) return IsAsciiAlnum(text[pos]);
    const CharClass char_class = Of(CharacterAt(text, pos).code_point);
    return char_class == CharClass::kWord || char_class == CharClass::kBigram ||
           char_class == CharClass::kFraction;
  }

 private:
  CharClasses();
  static CharClass Classify(UChar32 code_point);

  std::array<CharClass, 0x10000> basic_plane_;
};

}  // namespace broadsheet::text
