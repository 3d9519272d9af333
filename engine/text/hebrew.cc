// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/hebrew.h"

#include "engine/text/char_class.h"

namespace broadsheet::text {
namespace {

// With the digraphs of Yiddish, and the letters that have a point of their own.
bool IsHebrewLetter(UChar32 c) {
  return (c >= 0x05D0 && c <= 0x05EA) || (c >= 0x05EF && c <= 0x05F2) ||
         (c >= 0xFB1D && c <= 0xFB4F && c != 0xFB1E && c != 0xFB29);
}

bool IsHebrewPoint(UChar32 c) {
  return (c >= 0x0591 && c <= 0x05BD) || c == 0x05BF || c == 0x05C1 || c == 0x05C2 || c == 0x05C4 ||
         c == 0x05C5 || c == 0x05C7 || c == 0xFB1E;
}

// Letters that are written to the next word and mean "in", "the", "and", "like", "to", "from" and
// "that".
bool IsPreposition(UChar32 c) {
  return c == 0x05D1 || c == 0x05D4 || c == 0x05D5 || c == 0x05DB || c == 0x05DC || c == 0x05DE ||
         c == 0x05E9;
}

enum class Mark { kNone, kGeresh, kGershayim, kQuote };

Mark MarkOf(UChar32 c) {
  if (c == kGershayim) return Mark::kGershayim;
  if (c == '"' || c == 0x201C || c == 0x201D || c == 0xFF02) return Mark::kQuote;
  return CharClasses::Get().Of(c) == CharClass::kApostrophe ? Mark::kGeresh : Mark::kNone;
}

// The Hebrew letters from `pos` on, counted up to `most`.
size_t CountLetters(std::string_view text, size_t pos, size_t most) {
  size_t letters = 0;
  while (pos < text.size() && letters < most) {
    const Character character = CharacterAt(text, pos);
    if (IsHebrewLetter(character.code_point)) {
      ++letters;
    } else if (!IsHebrewPoint(character.code_point)) {
      break;
    }
    pos = character.end;
  }
  return letters;
}

// The character that ends at `pos` > `begin`, and where it starts.
Character CharacterBefore(std::string_view text, size_t begin, size_t pos) {
  size_t start = pos - 1;
  while (start > begin && (static_cast<unsigned char>(text[start]) & 0xC0) == 0x80) --start;
  return {CharacterAt(text, start).code_point, start};
}

// The letter that a mark at `pos` would follow, and where it starts; 0 when there is none.
Character LetterBefore(std::string_view text, size_t begin, size_t pos) {
  while (pos > begin) {
    const Character before = CharacterBefore(text, begin, pos);
    if (IsHebrewLetter(before.code_point)) return before;
    if (!IsHebrewPoint(before.code_point)) break;
    pos = before.end;
  }
  return {0, pos};
}

}  // namespace

size_t EndOfHebrewMark(std::string_view text, size_t begin, size_t pos) {
  constexpr size_t kLongestEnding = 3;
  if (pos == begin || IsAscii(text[pos - 1])) return pos;
  const Character at = CharacterAt(text, pos);
  Mark mark = MarkOf(at.code_point);
  if (mark == Mark::kNone) return pos;
  const Character letter = LetterBefore(text, begin, pos);
  if (letter.code_point == 0) return pos;
  size_t end = at.end;
  if (mark == Mark::kGeresh && end < text.size() &&
      MarkOf(CharacterAt(text, end).code_point) == Mark::kGeresh) {
    mark = Mark::kQuote;
    end = CharacterAt(text, end).end;
  }
  const size_t letters = CountLetters(text, end, kLongestEnding + 1);
  if (letters == 0) return pos;
  const bool after_preposition = letter.end == begin && IsPreposition(letter.code_point);
  switch (mark) {
    case Mark::kGeresh:
      return after_preposition ? pos : end;
    case Mark::kQuote:
      return letters > kLongestEnding || (after_preposition && letters > 1) ? pos : end;
    default:
      return end;
  }
}

}  // namespace broadsheet::text
