// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/clean.h"
#include "engine/base/hidden_mark.h"

#include <unicode/utf8.h>

#include <algorithm>

#include "absl/strings/str_format.h"
#include "engine/text/char_class.h"

namespace broadsheet::text {
namespace {

// C0, DEL and C1. The last are two bytes in UTF-8: C2 80 to C2 9F.
bool IsControl(UChar32 c) { return (c >= 0 && c < 0x20) || (c >= 0x7F && c < 0xA0); }

// White space, and the invisible characters that dumps leave at the ends of their fields.
bool IsBlank(UChar32 c) { return IsWhiteSpace(c) || c == 0x200B || c == 0xFEFF; }

// What the control character at `pos` of running text is replaced by; 0 for nothing.
char ReplacementInText(std::string_view text, size_t pos, UChar32 c) {
  if (c == '\t' || c == '\n') return static_cast<char>(c);
  if (c == 0x85) return '\n';
  const bool is_lone_return = c == '\r' && text.substr(pos + 1, 1) != "\n";
  return is_lone_return ? '\n' : '\0';
}

std::string_view Trimmed(std::string_view text) {
  size_t begin = 0;
  while (begin < text.size()) {
    const Character character = CharacterAt(text, begin);
    if (!IsBlank(character.code_point)) break;
    begin = character.end;
  }
  size_t end = text.size();
  while (end > begin) {
    size_t last = end - 1;
    while (last > begin && U8_IS_TRAIL(text[last])) --last;
    if (!IsBlank(CharacterAt(text, last).code_point)) break;
    end = last;
  }
  return text.substr(begin, end - begin);
}

}  // namespace

bool IsHidden(int32_t c) { return base::IsHiddenMark(c); }

std::string WithHiddenShown(std::string_view text) {
  std::string shown;
  for (size_t at = 0; at < text.size();) {
    const Character character = CharacterAt(text, at);
    if (IsHidden(character.code_point)) {
      absl::StrAppendFormat(&shown, "<U+%04X>", static_cast<uint32_t>(character.code_point));
    } else {
      shown += text.substr(at, character.end - at);
    }
    at = character.end;
  }
  return shown;
}

bool HasControlCharacter(std::string_view text) {
  for (size_t pos = 0; pos < text.size();) {
    const Character character = CharacterAt(text, pos);
    if (IsControl(character.code_point)) return true;
    pos = character.end;
  }
  return false;
}

void CleanText(std::string* text) {
  // Nearly every text is clean already but for its ends.
  const bool suspect = std::any_of(text->begin(), text->end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7F || byte == 0xC2;
  });
  if (suspect && HasControlCharacter(*text)) {
    std::string clean;
    clean.reserve(text->size());
    for (size_t pos = 0; pos < text->size();) {
      const Character character = CharacterAt(*text, pos);
      if (!IsControl(character.code_point)) {
        clean.append(*text, pos, character.end - pos);
      } else if (const char c = ReplacementInText(*text, pos, character.code_point)) {
        clean.push_back(c);
      }
      pos = character.end;
    }
    *text = std::move(clean);
  }
  const std::string_view trimmed = Trimmed(*text);
  if (trimmed.size() != text->size()) *text = std::string(trimmed);
}

void CleanLine(std::string* line) {
  // What is kept moves to the front: nothing grows.
  size_t kept = 0;
  bool pending_space = false;
  for (size_t pos = 0; pos < line->size();) {
    const size_t run = pos;
    pos = EndOfPrintedAscii(*line, pos);
    if (pos == run) {
      const Character character = CharacterAt(*line, pos);
      pos = character.end;
      if (IsWhiteSpace(character.code_point)) {
        pending_space = kept > 0;
        continue;
      }
      if (IsControl(character.code_point)) continue;
    }
    if (pending_space) (*line)[kept++] = ' ';
    pending_space = false;
    if (kept != run) std::copy(line->data() + run, line->data() + pos, line->data() + kept);
    kept += pos - run;
  }
  line->resize(kept);
  const std::string_view trimmed = Trimmed(*line);
  if (trimmed.size() != line->size()) *line = std::string(trimmed);
}

}  // namespace broadsheet::text
