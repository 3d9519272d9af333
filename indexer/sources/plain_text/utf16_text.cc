// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/plain_text/utf16_text.h"

#include <unicode/uchar.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstddef>

#include "engine/text/char_class.h"

namespace broadsheet::sources::page {
namespace {

constexpr std::string_view kLittleMark = "\xff\xfe";
constexpr std::string_view kBigMark = "\xfe\xff";

UChar UnitAt(std::string_view bytes, size_t at, bool little) {
  const auto first = static_cast<unsigned char>(bytes[at]);
  const auto second = static_cast<unsigned char>(bytes[at + 1]);
  return static_cast<UChar>(little ? second << 8 | first : first << 8 | second);
}

void AppendUtf8(UChar32 character, std::string* text) {
  char buffer[U8_MAX_LENGTH];
  int32_t size = 0;
  U8_APPEND_UNSAFE(buffer, size, character);
  text->append(buffer, static_cast<size_t>(size));
}

std::string Decode(std::string_view bytes, bool little) {
  constexpr UChar32 kReplacement = 0xFFFD;
  std::string text;
  text.reserve(bytes.size());
  for (size_t at = 0; at + 1 < bytes.size(); at += 2) {
    const UChar unit = UnitAt(bytes, at, little);
    if (!U16_IS_SURROGATE(unit)) {
      AppendUtf8(unit, &text);
      continue;
    }
    const UChar next = at + 3 < bytes.size() ? UnitAt(bytes, at + 2, little) : 0;
    const bool is_pair = U16_IS_SURROGATE_LEAD(unit) && U16_IS_TRAIL(next);
    AppendUtf8(is_pair ? U16_GET_SUPPLEMENTARY(unit, next) : kReplacement, &text);
    if (is_pair) at += 2;
  }
  return text;
}

// How many spaces and line ends there are, when all else is what texts are made of; 0 otherwise.
size_t SpacesOfText(std::string_view sample, bool little) {
  constexpr size_t kUnitsPerOther = 50;
  size_t spaces = 0;
  size_t others = 0;
  for (size_t at = 0; at + 1 < sample.size(); at += 2) {
    const UChar unit = UnitAt(sample, at, little);
    if (unit == ' ' || unit == '\n' || unit == 0x3000) ++spaces;
    const bool is_of_text = u_isgraph(unit) != 0 || text::IsWhiteSpace(unit) ||
                            U16_IS_SURROGATE(unit) || unit == 0x200B || unit == 0x200D;
    if (!is_of_text || u_charType(unit) == U_PRIVATE_USE_CHAR) ++others;
  }
  return others * kUnitsPerOther * 2 > sample.size() ? 0 : spaces;
}

}  // namespace

std::optional<std::string> ReadUtf16(std::string_view bytes) {
  constexpr size_t kSampleBytes = 8 << 10;
  constexpr size_t kFewest = 16;
  constexpr std::string_view kMarkOfUtf32("\xff\xfe\0\0", 4);
  if (bytes.starts_with(kMarkOfUtf32)) return std::nullopt;
  if (bytes.starts_with(kLittleMark)) return Decode(bytes.substr(2), true);
  if (bytes.starts_with(kBigMark)) return Decode(bytes.substr(2), false);
  const std::string_view sample = bytes.substr(0, kSampleBytes);
  // No text has a NUL, but every line end has one in UTF-16.
  if (sample.size() < kFewest || sample.find('\0') == sample.npos) return std::nullopt;
  const size_t little = SpacesOfText(sample, true);
  const size_t big = SpacesOfText(sample, false);
  if (little == 0 && big == 0) return std::nullopt;
  return Decode(bytes, little >= big);
}

}  // namespace broadsheet::sources::page
