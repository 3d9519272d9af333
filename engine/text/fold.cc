// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/fold.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <utility>

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

// The same for ASCII, which is also made small.
std::string FoldAscii(std::string_view value) {
  std::string plain(value.size(), ' ');
  char* end = plain.data();
  const char* const begin = end;
  bool pending_space = false;
  for (const char c : value) {
    if (c <= ' ' || c == 0x7F) {
      pending_space = end != begin;
      continue;
    }
    if (std::exchange(pending_space, false)) ++end;
    *end++ = AsciiLower(c);
  }
  plain.resize(static_cast<size_t>(end - begin));
  return plain;
}

}  // namespace

std::string FoldValue(std::string_view value) {
  if (std::all_of(value.begin(), value.end(), IsAscii)) return FoldAscii(value);
  std::string folded;
  FoldText(value, &folded);
  return MakePlain(folded);
}

}  // namespace broadsheet::text
