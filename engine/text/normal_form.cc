// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/normal_form.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <functional>
#include <memory>

#include "engine/text/char_class.h"

namespace broadsheet::text {
namespace {

using NormalizerGetter = const icu::Normalizer2* (*)(UErrorCode&);

// `get` is one of the getters of ICU's shared instances: a lookup, no construction. ICU fails only
// when its data are missing or memory is exhausted; the text then stays as it is.
void Normalize(NormalizerGetter get, std::string_view text, std::string* out) {
  out->clear();
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = get(status);
  icu::StringByteSink<std::string> sink(out);
  if (U_SUCCESS(status)) {
    normalizer->normalizeUTF8(0, icu::StringPiece(text.data(), static_cast<int32_t>(text.size())),
                              sink, nullptr, status);
  }
  if (U_FAILURE(status)) out->assign(text);
}

void AppendCodePoint(UChar32 c, std::string* out) {
  icu::StringByteSink<std::string> sink(out);
  icu::UnicodeString(c).toUTF8(sink);
}

// Letters without a canonical decomposition, as ICU's (CLDR's) Latin-ASCII transform maps them;
// the test compares the two.
struct SpecialLetter {
  UChar32 letter;
  std::string_view plain;
};
constexpr SpecialLetter kSpecialLetters[] = {
    {0x00E6, "ae"}, {0x00F0, "d"}, {0x00F8, "o"}, {0x00FE, "th"}, {0x0111, "d"},  {0x0127, "h"},
    {0x0131, "i"},  {0x0138, "q"}, {0x0142, "l"}, {0x014B, "n"},  {0x0153, "oe"}, {0x0167, "t"},
    {0x0180, "b"},  {0x0188, "c"}, {0x018C, "d"}, {0x0192, "f"},  {0x0199, "k"},  {0x019A, "l"},
    {0x01B6, "z"},  {0x0256, "d"}, {0x0257, "d"}, {0x0268, "i"},  {0x0272, "n"},
};

std::string_view PlainLetter(UChar32 c) {
  for (const SpecialLetter& special : kSpecialLetters) {
    if (special.letter == c) return special.plain;
  }
  return {};
}

// The blocks that have simplified forms.
constexpr UChar32 kFirstHan = 0x3400;
constexpr UChar32 kLastHan = 0x9FFF;
using HanTable = std::array<char16_t, kLastHan - kFirstHan + 1>;

// Every character by itself, as ICU (CLDR) has it. ICU fails only when its data are missing; the
// characters then stand for themselves.
std::unique_ptr<const HanTable> MakeHanTable() {
  constexpr char16_t kGap = u'\n';
  auto table = std::make_unique<HanTable>();
  icu::UnicodeString all;
  for (UChar32 c = kFirstHan; c <= kLastHan; ++c) {
    (*table)[static_cast<size_t>(c - kFirstHan)] = static_cast<char16_t>(c);
    all.append(c).append(kGap);
  }
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::Transliterator> simplify(
      icu::Transliterator::createInstance("Traditional-Simplified", UTRANS_FORWARD, status));
  if (U_FAILURE(status)) return table;
  simplify->transliterate(all);
  int32_t begin = 0;
  for (char16_t& entry : *table) {
    const int32_t gap = all.indexOf(kGap, begin);
    if (gap == begin + 1) entry = all.charAt(begin);
    begin = gap + 1;
  }
  return table;
}

// The character that simplified Chinese writes for `c`, or `c`: 灣 is 湾. Several traditional
// characters may have one (發 and 髮 are 发). One character at a time, so words that the two ways
// of writing choose differently stay different. The first call for a Chinese character makes a
// table (70 ms of ICU's transliterator).
UChar32 SimplifiedHan(UChar32 c) {
  if (c < kFirstHan || c > kLastHan) return c;
  static const std::unique_ptr<const HanTable> table = MakeHanTable();
  return (*table)[static_cast<size_t>(c - kFirstHan)];
}

// Letters of the Arabic script that keyboards and countries write differently, by the one that
// Arabic has; the same as in Lucene's Arabic and Persian analysers.
UChar32 UsualLetter(UChar32 c) {
  switch (c) {
    case 0x0649:  // alef maksura, for which Egypt writes a final yeh and the reverse
    case 0x06CC:  // Persian yeh
    case 0x06D2:  // yeh barree
      return 0x064A;
    case 0x06A9:  // Persian kaf
    case 0x06AA:
      return 0x0643;
    case 0x0629:  // teh marbuta, often written as heh
    case 0x06C1:  // heh goal of Urdu
    case 0x06C3:
    case 0x06D5:
      return 0x0647;
    default:
      return SimplifiedHan(c);
  }
}

bool IsHeh(UChar32 c) { return c == 0x0647 || c == 0x06C1 || c == 0x06D5; }

bool IsArabicVowelPoint(UChar32 mark) {
  return (mark >= 0x064B && mark <= 0x0652) || mark == 0x0670;
}

// Whether `mark`, following the letter `base`, is an accent and not part of the letter.
bool IsAccent(UChar32 base, UChar32 mark) {
  UErrorCode status = U_ZERO_ERROR;
  switch (uscript_getScript(base, &status)) {
    case USCRIPT_LATIN:
    case USCRIPT_GREEK:
    case USCRIPT_HEBREW:
      return true;
    case USCRIPT_CYRILLIC:
      // Grave and acute show stress; the diaeresis is optional on the letter ie only.
      return mark == 0x0300 || mark == 0x0301 || (mark == 0x0308 && base == 0x0435);
    case USCRIPT_ARABIC:
      // Madda and hamza are optional on alef, and the hamza of Persian on a final heh.
      return IsArabicVowelPoint(mark) || (mark >= 0x0653 && mark <= 0x0655 && base == 0x0627) ||
             (mark == 0x0654 && IsHeh(base));
    default:
      return false;
  }
}

// Removes the marks of decomposed text that are accents, and makes special letters plain.
void StripAccents(std::string_view decomposed, std::string* out) {
  out->clear();
  UChar32 base = 0;
  for (size_t i = 0; i < decomposed.size();) {
    const Character character = CharacterAt(decomposed, i);
    const UChar32 c = character.code_point;
    i = character.end;
    if (c < 0) continue;
    if (c < 0x80) {
      base = c;
      out->push_back(static_cast<char>(c));
      continue;
    }
    if (u_charType(c) == U_NON_SPACING_MARK) {
      if (!IsAccent(base, c)) AppendCodePoint(c, out);
      continue;
    }
    base = c;
    const std::string_view plain = PlainLetter(c);
    const int32_t digit = u_charDigitValue(c);
    if (!plain.empty()) {
      out->append(plain);
    } else if (digit >= 0 && u_charType(c) == U_DECIMAL_DIGIT_NUMBER) {
      out->push_back(static_cast<char>('0' + digit));
    } else {
      AppendCodePoint(UsualLetter(c), out);
    }
  }
}

// Keeps what belongs to words: a letter may have decomposed into more than letters.
void KeepWordCharacters(std::string* word) {
  const CharClasses& classes = CharClasses::Get();
  size_t kept = 0;
  for (size_t i = 0; i < word->size();) {
    const Character character = CharacterAt(*word, i);
    const CharClass c = classes.Of(character.code_point);
    const bool keep = c == CharClass::kWord || c == CharClass::kBigram ||
                      (c == CharClass::kMark && kept > 0) || (*word)[i] == '_';
    if (keep) {
      std::memmove(word->data() + kept, word->data() + i, character.end - i);
      kept += character.end - i;
    }
    i = character.end;
  }
  word->resize(kept);
}

}  // namespace

void CaseFold(std::string_view text, std::string* out) {
  Normalize(&icu::Normalizer2::getNFKCCasefoldInstance, text, out);
}

void FoldAccents(std::string_view case_folded, std::string* out) {
  std::string decomposed;
  Normalize(&icu::Normalizer2::getNFDInstance, case_folded, &decomposed);
  std::string stripped;
  StripAccents(decomposed, &stripped);
  Normalize(&icu::Normalizer2::getNFCInstance, stripped, out);
}

namespace {

// What a character folds to where neither it nor the next one joins with the one before.
struct FoldedCharacter {
  static constexpr size_t kMaxBytes = 10;
  UChar32 code_point = 0;  // 0: none is remembered here
  // Whether what comes before it never changes its form: it is no mark, and stays.
  bool stands_alone = false;
  // kMaxBytes + 1 where the form is longer.
  uint8_t size = 0;
  std::array<char, kMaxBytes> form = {};
};

void FoldWhole(std::string_view text, std::string* out) {
  std::string case_folded;
  CaseFold(text, &case_folded);
  FoldAccents(case_folded, out);
}

// Whether nothing before `character`, a mark excepted, joins with it in any of the three forms that
// folding goes through. ICU fails only when its data are missing; all text is then folded whole.
bool HasBoundaryBefore(UChar32 character) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* fold = icu::Normalizer2::getNFKCCasefoldInstance(status);
  const icu::Normalizer2* decompose = icu::Normalizer2::getNFDInstance(status);
  const icu::Normalizer2* compose = icu::Normalizer2::getNFCInstance(status);
  return U_SUCCESS(status) && (U_GET_GC_MASK(character) & U_GC_M_MASK) == 0 &&
         fold->hasBoundaryBefore(character) != 0 && decompose->hasBoundaryBefore(character) != 0 &&
         compose->hasBoundaryBefore(character) != 0;
}

bool StandsAlone(UChar32 c, std::string_view character, std::string_view form) {
  if (form.empty() || !HasBoundaryBefore(c)) return false;
  std::string case_folded;
  CaseFold(character, &case_folded);
  return !case_folded.empty() && HasBoundaryBefore(CharacterAt(case_folded, 0).code_point) &&
         HasBoundaryBefore(CharacterAt(form, 0).code_point);
}

// What `character`, `c` in UTF-8 and beyond ASCII, folds to.
const FoldedCharacter& FormOf(UChar32 c, std::string_view character) {
  constexpr size_t kRemembered = 1024;
  // Aligned as the sections that follow it in a program: mold 1.10 lets what is read-only after
  // relocation begin here, and a program in which that is the page before does not start.
  alignas(64) thread_local std::array<FoldedCharacter, kRemembered> forms;
  FoldedCharacter& known = forms[static_cast<size_t>(c) % kRemembered];
  if (known.code_point == c) return known;
  std::string form;
  FoldWhole(character, &form);
  known = {.code_point = c, .stands_alone = StandsAlone(c, character, form)};
  known.size = static_cast<uint8_t>(std::min<size_t>(form.size(), FoldedCharacter::kMaxBytes + 1));
  std::copy_n(form.begin(), std::min(form.size(), known.form.size()), known.form.begin());
  return known;
}

// Where the character at `at` ends together with what may join with it.
size_t EndOfJoined(std::string_view text, size_t at) {
  for (at = CharacterAt(text, at).end; at < text.size() && !IsAscii(text[at]);) {
    const Character next = CharacterAt(text, at);
    if (next.code_point >= 0 &&
        FormOf(next.code_point, text.substr(at, next.end - at)).stands_alone) {
      break;
    }
    at = next.end;
  }
  return at;
}

}  // namespace

void FoldText(std::string_view text, std::string* out) {
  out->clear();
  std::string joined;
  for (size_t at = 0; at < text.size();) {
    if (IsAscii(text[at]) && (at + 1 == text.size() || IsAscii(text[at + 1]))) {
      out->push_back(AsciiLower(text[at++]));
      continue;
    }
    const Character first = CharacterAt(text, at);
    const std::string_view piece = text.substr(at, EndOfJoined(text, at) - at);
    const bool is_alone = at + piece.size() == first.end;
    at += piece.size();
    if (is_alone && IsAscii(piece.front())) {
      out->push_back(AsciiLower(piece.front()));
      continue;
    }
    if (is_alone && first.code_point >= 0) {
      const FoldedCharacter& known = FormOf(first.code_point, piece);
      if (known.size <= FoldedCharacter::kMaxBytes) {
        out->append(known.form.data(), known.size);
        continue;
      }
    }
    FoldWhole(piece, &joined);
    out->append(joined);
  }
}

// A lossy cache: a word of another hash slot's claim simply replaces what was there.
struct WordForms::Slot {
  static constexpr size_t kMaxBytes = 63;
  uint8_t word_size = 0;
  uint8_t exact_size = 0;
  uint8_t folded_size = 0;
  char word[kMaxBytes];
  char exact[kMaxBytes];
  char folded[kMaxBytes];
};

WordForms::WordForms() : slots_(kSlots) {}
WordForms::~WordForms() = default;

Forms WordForms::Of(std::string_view word) {
  const bool cacheable = word.size() <= Slot::kMaxBytes;
  Slot& slot = slots_[std::hash<std::string_view>()(word) % kSlots];
  if (cacheable && std::string_view(slot.word, slot.word_size) == word) {
    return {{slot.exact, slot.exact_size}, {slot.folded, slot.folded_size}};
  }
  CaseFold(word, &exact_);
  KeepWordCharacters(&exact_);
  FoldAccents(exact_, &folded_);
  KeepWordCharacters(&folded_);
  if (cacheable && exact_.size() <= Slot::kMaxBytes && folded_.size() <= Slot::kMaxBytes) {
    slot.word_size = static_cast<uint8_t>(word.size());
    slot.exact_size = static_cast<uint8_t>(exact_.size());
    slot.folded_size = static_cast<uint8_t>(folded_.size());
    std::memcpy(slot.word, word.data(), word.size());
    std::memcpy(slot.exact, exact_.data(), exact_.size());
    std::memcpy(slot.folded, folded_.data(), folded_.size());
  }
  return {exact_, folded_};
}

}  // namespace broadsheet::text
