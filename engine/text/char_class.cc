// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/char_class.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

namespace broadsheet::text {
namespace {

bool IsApostrophe(UChar32 c) {
  switch (c) {
    case '\'':
    case 0x02BB:  // modifier letter turned comma (Hawaiian okina)
    case 0x02BC:  // modifier letter apostrophe
    case 0x05F3:  // Hebrew geresh
    case kGershayim:
    case 0x2018:
    case 0x2019:
    case 0x201B:
    case 0xFF07:
      return true;
    default:
      return false;
  }
}

bool IsHyphen(UChar32 c) {
  return c == '-' || (c >= 0x2010 && c <= 0x2013) || c == 0x2212 || c == 0xFE63 || c == 0xFF0D;
}

bool IsSlash(UChar32 c) { return c == 0x2044 || c == 0x2215 || c == 0xFF0F; }

// Voiced sound marks of half-width kana are letters to Unicode, but marks of the kana before.
bool IsHalfwidthSoundMark(UChar32 c) { return c == 0xFF9E || c == 0xFF9F; }

bool IsWrittenWithoutSpaces(UChar32 c) {
  // The prolonged sound mark belongs to no single script.
  if (c == 0x30FC || c == 0xFF70) return true;
  UErrorCode status = U_ZERO_ERROR;
  switch (uscript_getScript(c, &status)) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_BOPOMOFO:
    case USCRIPT_HANGUL:
    case USCRIPT_THAI:
    case USCRIPT_LAO:
    case USCRIPT_KHMER:
    case USCRIPT_MYANMAR:
      return true;
    default:
      return false;
  }
}

bool IsMark(int8_t category) {
  return category == U_NON_SPACING_MARK || category == U_COMBINING_SPACING_MARK;
}

// What stretches or frames letters without being read: the Arabic tatweel, the frame of a keycap.
bool IsDecoration(UChar32 c, int8_t category) {
  return c == 0x0640 || category == U_ENCLOSING_MARK;
}

// What decomposes into two numbers around a fraction slash.
bool IsFraction(UChar32 c) {
  return (c >= 0xBC && c <= 0xBE) || (c >= 0x2150 && c <= 0x215F) || c == 0x2189;
}

}  // namespace

// ICU's macro narrows ints to bytes.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
Character DecodeNonAscii(std::string_view text, size_t pos) {
  UChar32 code_point = 0;
  const size_t size = text.size();
  U8_NEXT(text.data(), pos, size, code_point);
  return {code_point, pos};
}
#pragma GCC diagnostic pop

CharClass CharClasses::Classify(UChar32 c) {
  if (IsApostrophe(c)) return CharClass::kApostrophe;
  if (IsHyphen(c)) return CharClass::kHyphen;
  if (IsSlash(c)) return CharClass::kSlash;
  if (IsFraction(c)) return CharClass::kFraction;
  // The zero width space marks a word boundary, unlike the other invisible characters.
  if (c == 0x200B) return CharClass::kSeparator;
  if (u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) return CharClass::kIgnorable;
  const int8_t category = u_charType(c);
  if (IsDecoration(c, category)) return CharClass::kIgnorable;
  if (IsMark(category) || IsHalfwidthSoundMark(c)) return CharClass::kMark;
  const bool is_digit = category == U_DECIMAL_DIGIT_NUMBER || category == U_LETTER_NUMBER ||
                        category == U_OTHER_NUMBER;
  if (!is_digit && !u_isalpha(c)) return CharClass::kSeparator;
  return IsWrittenWithoutSpaces(c) && !is_digit ? CharClass::kBigram : CharClass::kWord;
}

CharClasses::CharClasses() {
  for (size_t c = 0; c < basic_plane_.size(); ++c) {
    basic_plane_[c] = Classify(static_cast<UChar32>(c));
  }
}

const CharClasses& CharClasses::Get() {
  static const CharClasses* const classes = new CharClasses();
  return *classes;
}

}  // namespace broadsheet::text
