// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/utf8.h"

#include <unicode/utf8.h>

#include <cstdint>
#include <cstring>
#include <utility>

#include "engine/text/char_class.h"

namespace broadsheet::text {
namespace {

// The offset of the first byte from `pos` on that is not ASCII, or text.size().
size_t SkipAscii(std::string_view text, size_t pos) {
  constexpr uint64_t kHighBits = 0x8080808080808080;
  uint64_t word = 0;
  while (pos + sizeof(word) <= text.size()) {
    std::memcpy(&word, text.data() + pos, sizeof(word));
    if ((word & kHighBits) != 0) break;
    pos += sizeof(word);
  }
  while (pos < text.size() && IsAscii(text[pos])) ++pos;
  return pos;
}

// The offset of the first ill-formed sequence from `pos` on, or text.size().
size_t FindIllFormed(std::string_view text, size_t pos) {
  while ((pos = SkipAscii(text, pos)) < text.size()) {
    const Character character = CharacterAt(text, pos);
    if (character.code_point < 0) break;
    pos = character.end;
  }
  return pos;
}

}  // namespace

bool IsValidUtf8(std::string_view text) { return FindIllFormed(text, 0) == text.size(); }

size_t RepairUtf8(std::string* text) {
  constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
  size_t bad = FindIllFormed(*text, 0);
  if (bad == text->size()) return 0;
  std::string repaired;
  repaired.reserve(text->size() + 16);
  size_t replaced = 0;
  size_t good = 0;
  while (bad < text->size()) {
    repaired.append(*text, good, bad - good);
    repaired.append(kReplacement);
    ++replaced;
    good = CharacterAt(*text, bad).end;
    bad = FindIllFormed(*text, good);
  }
  repaired.append(*text, good);
  *text = std::move(repaired);
  return replaced;
}

std::string_view PrefixOf(std::string_view text, size_t max_bytes) {
  if (text.size() <= max_bytes) return text;
  size_t end = max_bytes;
  // At most three trail bytes belong to one character; more are ill-formed and may be cut.
  for (int steps = 0; steps < 3 && end > 0 && U8_IS_TRAIL(text[end]); ++steps) --end;
  if (U8_IS_TRAIL(text[end])) end = max_bytes;
  return text.substr(0, end);
}

size_t CountCharacters(std::string_view text) {
  size_t count = 0;
  for (size_t pos = 0; pos < text.size(); ++count) {
    pos = IsAscii(text[pos]) ? pos + 1 : CharacterAt(text, pos).end;
  }
  return count;
}

}  // namespace broadsheet::text
