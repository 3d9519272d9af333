// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/sentence.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>

#include "engine/text/char_class.h"

namespace broadsheet::text {
namespace {

// Titles before names, months before days, and "No." and "vs." of English news style.
constexpr std::string_view kAbbreviations[] = {
    "adm",  "amb", "aug", "brig", "capt", "cmdr", "col",  "cpl",  "dec", "dr", "feb",  "fr",  "gen",
    "gov",  "hon", "jan", "lt",   "maj",  "mr",   "mrs",  "ms",   "mt",  "mx", "no",   "nov", "oct",
    "prof", "pvt", "rep", "reps", "rev",  "sen",  "sens", "sept", "sgt", "st", "supt", "vs",
};
constexpr size_t kMaxAbbreviation = 4;

// Whether a dot after the word belongs to it.
bool OwnsDot(std::string_view word) {
  if (word.size() == 1) return IsAsciiUpper(word[0]);
  if (word.size() > kMaxAbbreviation) return false;
  std::array<char, kMaxAbbreviation> lower{};
  std::transform(word.begin(), word.end(), lower.begin(), AsciiLower);
  return std::binary_search(std::begin(kAbbreviations), std::end(kAbbreviations),
                            std::string_view(lower.data(), word.size()));
}

// Those of English, French, German and their like.
bool IsOpeningQuote(UChar32 c) {
  return c == '"' || c == '\'' || c == 0x201C || c == 0x2018 || c == 0xAB || c == 0x201E ||
         c == 0x201A || c == 0x2039;
}

// Reads a gap character by character.
class GapReader {
 public:
  explicit GapReader(bool owns_dot) : owns_dot_(owns_dot) {}

  void Read(UChar32 c, bool first) {
    if (c == '\n' || c == 0x2028 || c == 0x2029) {
      newlines_ += c == 0x2029 ? 2 : 1;
      paragraph_ = paragraph_ || newlines_ >= 2;
      spaced_ = true;
    } else if (IsWhiteSpace(c)) {
      spaced_ = true;
    } else {
      newlines_ = 0;
      ReadMark(c, first);
    }
  }

  Break Result(bool next_is_lower_case) const {
    if (paragraph_) return Break::kParagraph;
    if (wide_stop_) return Break::kSentence;
    const bool ends = stop_ && spaced_ && (!next_is_lower_case || quote_opens_);
    return ends ? Break::kSentence : Break::kNone;
  }

 private:
  void ReadMark(UChar32 c, bool first) {
    if (c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == 0xFF61) {
      wide_stop_ = true;
    } else if ((c == '.' && !(first && owns_dot_)) || c == '!' || c == '?' || c == 0x2026) {
      stop_ = true;
      spaced_ = false;
      quote_opens_ = false;
    } else if (spaced_ && IsOpeningQuote(c)) {
      quote_opens_ = true;
    }
  }

  const bool owns_dot_;
  int newlines_ = 0;
  bool paragraph_ = false;
  bool stop_ = false;
  bool wide_stop_ = false;
  bool spaced_ = false;
  bool quote_opens_ = false;
};

}  // namespace

Break BreakBetween(std::string_view text, const WordBefore& before, size_t next) {
  const std::string_view word = text.substr(before.begin, before.end - before.begin);
  GapReader gap(!before.initialism && OwnsDot(word));
  for (size_t pos = before.end; pos < next;) {
    const Character character = CharacterAt(text, pos);
    gap.Read(character.code_point, pos == before.end);
    pos = character.end;
  }
  return gap.Result(u_islower(CharacterAt(text, next).code_point));
}

}  // namespace broadsheet::text
