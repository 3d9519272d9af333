// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/fold.h"

#include <unicode/uchar.h>

#include <algorithm>

#include "engine/text/char_class.h"
#include "engine/text/normal_form.h"

namespace broadsheet::text {
namespace {

bool IsDoubleQuote(UChar32 c) {
  return (c >= 0x201C && c <= 0x201F) || c == 0xFF02 || c == kGershayim;
}

bool IsSpace(UChar32 c) { return c < 0 || IsWhiteSpace(c) || u_iscntrl(c); }

// What is appended for one character of a folded value; quotes and hyphens are made plain.
void AppendPlain(std::string_view character, UChar32 c, std::string* out) {
  const CharClass char_class = CharClasses::Get().Of(c);
  if (IsDoubleQuote(c)) {
    out->push_back('"');
  } else if (char_class == CharClass::kApostrophe) {
    out->push_back('\'');
  } else if (char_class == CharClass::kHyphen) {
    out->push_back('-');
  } else if (char_class == CharClass::kSlash) {
    out->push_back('/');
  } else {
    out->append(character);
  }
}

std::string MakePlain(std::string_view folded) {
  std::string plain;
  plain.reserve(folded.size());
  bool pending_space = false;
  for (size_t i = 0; i < folded.size();) {
    const size_t begin = i;
    i = EndOfPrintedAscii(folded, begin);
    const bool is_ascii = i > begin;
    const Character character = CharacterAt(folded, begin);
    if (!is_ascii) {
      i = character.end;
      if (IsSpace(character.code_point)) {
        pending_space = !plain.empty();
        continue;
      }
    }
    if (pending_space) plain.push_back(' ');
    pending_space = false;
    const std::string_view kept = folded.substr(begin, i - begin);
    if (is_ascii) {
      plain.append(kept);
    } else {
      AppendPlain(kept, character.code_point, &plain);
    }
  }
  return plain;
}

}  // namespace

std::string FoldValue(std::string_view value) {
  if (std::all_of(value.begin(), value.end(), IsAscii)) {
    std::string plain = MakePlain(value);
    std::transform(plain.begin(), plain.end(), plain.begin(), AsciiLower);
    return plain;
  }
  std::string case_folded;
  CaseFold(value, &case_folded);
  std::string folded;
  FoldAccents(case_folded, &folded);
  return MakePlain(folded);
}

}  // namespace broadsheet::text
