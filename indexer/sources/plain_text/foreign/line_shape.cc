// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/plain_text/foreign/line_shape.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>

#include "engine/text/char_class.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::page {
namespace {

using text::IsAsciiAlnum;
using text::IsAsciiDigit;

// Running text has so many words at least, so much of it is letters, and so little of it signs.
constexpr size_t kMinProseWords = 5;
constexpr size_t kProseLettersInHundred = 72;
constexpr size_t kProseCharactersPerSign = 25;
// A line of a program has a sign in so many characters.
constexpr size_t kCodeCharactersPerSign = 16;

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v'; }

// The characters around one, blanks at the ends of the line.
struct SignNeighbours {
  char before;
  char after;
};

// Whether an ASCII character is a sign where it stands: "$5", "@name", "#word", "+49", " | " and a
// semicolon between clauses are of texts.
bool IsCodeSign(char c, SignNeighbours around) {
  switch (c) {
    case '{':
    case '}':
    case '<':
    case '>':
    case '=':
    case '_':
    case '\\':
    case '^':
    case '~':
    case '`':
      return true;
    // "[sic]" and "[Updated]" are of texts.
    case '[':
      return IsAsciiAlnum(around.before) || !IsAsciiAlnum(around.after);
    case ']':
      return !IsAsciiAlnum(around.before) ||
             std::string_view(";,()[=").find(around.after) != std::string_view::npos;
    case ')':
      return around.before == '(';
    case '(':
      return IsAsciiAlnum(around.before) || around.before == '_';
    case ';':
      return !IsSpace(around.after) || around.after == '\n';
    case '$':
      return !IsAsciiDigit(around.after);
    case '@':
    case '#':
      return !IsSpace(around.before) && around.before != '\n';
    case '+':
    case '*':
    case '|':
    case '&':
      return !IsSpace(around.before) && !IsSpace(around.after) && !IsAsciiDigit(around.after);
    default:
      return false;
  }
}

bool StartsLikeComment(std::string_view line) {
  constexpr auto kLeaders = std::to_array<std::string_view>(
      {"//", "/*", "# ", "#!", "##", "--", "* ", "*/", "; ", ";;", "% ", "%%", "\"\"\"", "'''",
       "<!--", "REM ", "rem ", ".\\\"", "dnl "});
  if (line == "*" || line == "#") return true;
  return std::any_of(kLeaders.begin(), kLeaders.end(),
                     [&](std::string_view leader) { return line.starts_with(leader); });
}

void CountCharacters(std::string_view line, LineShape* shape) {
  size_t run = 0;
  for (size_t at = 0; at < line.size();) {
    const char c = line[at];
    const auto [character, end] = text::CharacterAt(line, at);
    if (!text::IsAscii(c)) {
      const bool is_letter = character >= 0 && (u_isalpha(character) != 0 ||
                                                (U_GET_GC_MASK(character) & U_GC_M_MASK) != 0);
      const bool is_space = text::IsWhiteSpace(character);
      if (!is_space) ++shape->characters;
      if (is_letter) ++shape->letters;
      run = 0;
    } else if (IsSpace(c)) {
      run = 0;
    } else {
      ++shape->characters;
      shape->longest_run = std::max(shape->longest_run, ++run);
      const SignNeighbours around = {.before = at == 0 ? '\n' : line[at - 1],
                                     .after = end >= line.size() ? '\n' : line[end]};
      if (text::IsAsciiAlpha(c)) {
        ++shape->letters;
      } else if (IsAsciiDigit(c)) {
        ++shape->digits;
      } else if (IsCodeSign(c, around)) {
        ++shape->signs;
      }
    }
    at = end;
  }
}

bool IsCodeLine(std::string_view line, const LineShape& shape) {
  constexpr size_t kFewWords = 3;
  const char last = line.back();
  if (last == '{' || last == '}' || last == '\\') return true;
  if (last == ';' && (shape.words <= kFewWords || shape.signs >= 2)) return true;
  return shape.signs > 0 && shape.signs * kCodeCharactersPerSign >= shape.characters;
}

bool IsSettingLine(std::string_view line) {
  constexpr size_t kFewWords = 3;
  constexpr size_t kSentenceWords = 6;
  if (line.starts_with('[') && line.ends_with(']')) return true;
  if (line == "---" || line == "...") return true;
  if (line.starts_with("- ")) line = Trim(line.substr(2));
  const std::string_view name = SettingName(line);
  if (name.empty()) return false;
  const size_t mark = line.find_first_of(":=", name.size());
  const std::string_view value = Trim(line.substr(mark + 1));
  // "SMITH: Yes, I do." is a conversation.
  const bool may_be_speaker = line[mark] == ':' && text::IsAsciiUpper(name.front()) &&
                              name.find_first_of("_-./") == name.npos;
  if (may_be_speaker) return CountWords(value) <= kFewWords && !EndsSentence(value);
  // Programs keep their words for readers this way: "wire.closed=The wire is closed."
  const bool is_of_program = line[mark] == '=' && name.find_first_of("_.\"") != name.npos;
  return is_of_program || CountWords(value) < kSentenceWords || !EndsSentence(value);
}

}  // namespace

std::string_view SettingName(std::string_view line) {
  constexpr size_t kMaxNameBytes = 60;
  size_t end = 0;
  while (end < line.size() && end < kMaxNameBytes &&
         (IsAsciiAlnum(line[end]) || std::string_view("_-.\"/$").find(line[end]) != line.npos)) {
    ++end;
  }
  // "15: projects that were delivered" is of a list.
  if (end == 0 || IsAsciiDigit(line.front())) return {};
  size_t mark = end;
  while (mark < line.size() && IsSpace(line[mark])) ++mark;
  if (mark == line.size()) return {};
  const bool is_equals = line[mark] == '=';
  // "12:30" and "https://..." are no settings.
  const bool is_colon =
      line[mark] == ':' && mark == end && (mark + 1 == line.size() || IsSpace(line[mark + 1]));
  return is_equals || is_colon ? line.substr(0, end) : std::string_view();
}

LineShape ShapeOf(std::string_view line) {
  LineShape shape;
  line = Trim(line);
  if (line.empty()) return shape;
  CountCharacters(line, &shape);
  // Programs of Lisp and calls over several lines.
  if (std::count(line.begin(), line.end(), '(') != std::count(line.begin(), line.end(), ')')) {
    shape.signs += line.starts_with('(') ? 2 : 1;
  }
  shape.words = CountWords(line);
  shape.is_comment = StartsLikeComment(line);
  shape.is_setting = IsSettingLine(line);
  const bool reads_well = shape.words >= kMinProseWords &&
                          shape.letters * 100 >= shape.characters * kProseLettersInHundred &&
                          shape.signs * kProseCharactersPerSign <= shape.characters;
  shape.is_code = !reads_well && IsCodeLine(line, shape);
  shape.is_prose = reads_well && !shape.is_setting;
  return shape;
}

}  // namespace broadsheet::sources::page
