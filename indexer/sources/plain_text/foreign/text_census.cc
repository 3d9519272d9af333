// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/plain_text/foreign/text_census.h"

#include <algorithm>
#include <array>

#include "engine/text/char_class.h"
#include "engine/text/utf8.h"
#include "indexer/sources/plain_text/foreign/line_shape.h"
#include "indexer/sources/plain_text/foreign/technical_line.h"
#include "indexer/sources/plain_text/foreign/terminal_line.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::page {
namespace {

// Lines longer than that are cut.
constexpr size_t kLongestLine = 4000;

bool IsDigitAt(std::string_view text, size_t at) {
  return at < text.size() && text::IsAsciiDigit(text[at]);
}

// The length of the time with seconds at `at`, "12:44:02"; 0 when there is none.
size_t TimeAt(std::string_view line, size_t at) {
  constexpr std::string_view kForm = "00:00:00";
  for (size_t i = 0; i < kForm.size(); ++i) {
    if (at + i >= line.size()) return 0;
    const bool fits = kForm[i] == ':' ? line[at + i] == ':' : IsDigitAt(line, at + i);
    if (!fits) return 0;
  }
  return kForm.size();
}

// A line of a log begins with a time to the second, which little stands before, or with a level.
bool IsLogLine(std::string_view line) {
  constexpr size_t kNear = 60;
  constexpr auto kLevels = std::to_array<std::string_view>(
      {"INFO", "WARN", "ERROR", "DEBUG", "TRACE", "FATAL", "NOTICE", "CRITICAL"});
  const std::string_view bare = line.starts_with('[') ? line.substr(1) : line;
  for (const std::string_view level : kLevels) {
    if (bare.starts_with(level) && bare.size() > level.size() &&
        std::string_view(" :]/\t").find(bare[level.size()]) != bare.npos) {
      return true;
    }
  }
  if (line.starts_with('[') && line.size() > 3) {
    const size_t digit = line.find_first_not_of(" ", 1);
    const size_t end = line.find(']');
    if (end != line.npos && end < kNear && IsDigitAt(line, digit) &&
        line.find_first_not_of("0123456789. ", 1) == end) {
      return true;
    }
  }
  for (size_t at = 0; at < std::min(line.size(), kNear); ++at) {
    if (IsDigitAt(line, at) && (at == 0 || !IsDigitAt(line, at - 1)) && TimeAt(line, at) > 0) {
      // A date before it: "14:32:10 The mayor resigned" is of a live blog.
      return at >= 6 && line.find_first_of("0123456789") < at;
    }
  }
  return false;
}

// Counts "<name", "</name" and "name": in a line.
void CountMarkup(std::string_view line, TextCensus* census) {
  for (size_t at = line.find('<'); at != line.npos; at = line.find('<', at + 1)) {
    const size_t name = at + 1 < line.size() && line[at + 1] == '/' ? at + 2 : at + 1;
    const bool is_name = name < line.size() && text::IsAsciiAlpha(line[name]);
    if (is_name && line.find('>', name) != line.npos) ++census->tags;
  }
  for (size_t at = line.find("\":"); at != line.npos; at = line.find("\":", at + 1)) {
    if (at > 0 && (text::IsAsciiAlnum(line[at - 1]) || line[at - 1] == '_')) ++census->members;
  }
}

// Where a line stands.
struct LinePlace {
  bool in_comment = false;
  // Among the rows that follow "COPY ... FROM stdin;".
  bool in_rows = false;
};

// "Boats will leave from the old quay.", or a line that only a paragraph is as long as.
bool IsSentenceLine(std::string_view bare, const LineShape& shape) {
  constexpr size_t kFewestWords = 3;
  constexpr size_t kLongLine = 15;
  if (shape.is_code || shape.is_setting || shape.is_comment) return false;
  if (shape.is_prose && shape.words >= kLongLine) return true;
  return shape.words >= kFewestWords && EndsSentence(bare) && !bare.ends_with("...") &&
         shape.signs == 0 && 2 * shape.letters >= shape.characters;
}

// "npm ERR!": two words that a program puts before each of its lines; "" for words of a text.
std::string_view LabelOfProgram(std::string_view bare) {
  const size_t first = bare.find(' ');
  if (first == bare.npos) return {};
  const std::string_view label = bare.substr(0, std::min(bare.find(' ', first + 1), bare.size()));
  const std::string_view level = label.substr(first + 1);
  const bool is_level = !level.empty() && std::none_of(level.begin(), level.end(), [](char c) {
    return !text::IsAscii(c) || (c >= 'a' && c <= 'z');
  }) && std::any_of(level.begin(), level.end(), text::IsAsciiAlpha);
  return is_level && bare.front() >= 'a' && bare.front() <= 'z' ? label : std::string_view();
}

// Whether `bare`, which is counted, stands in a terminal.
bool CountTerminalLine(std::string_view bare, TextCensus* census) {
  const TerminalLine kind = KindOfTerminalLine(bare);
  if (kind == TerminalLine::kNone) return false;
  ++census->terminal_lines;
  if (census->lines == 1) census->begins_in_terminal = true;
  if (kind == TerminalLine::kPrompt && census->lines == 1) census->begins_with_prompt = true;
  return true;
}

void CountLine(std::string_view line, LinePlace place, TextCensus* census) {
  constexpr size_t kLongRun = 60;
  const LineShape shape = ShapeOf(line);
  if (shape.characters == 0) return;
  const bool is_in_columns = census->columns.Add(line);
  if (census->lines == 0) census->begins_plainly = shape.signs == 0 && !shape.is_comment;
  ++census->lines;
  census->characters += shape.characters;
  census->letters += shape.letters;
  census->digits += shape.digits;
  if (shape.words == 1) ++census->one_word_lines;
  if (census->lines == 1) census->first_line = Trim(line);
  const bool hangs = census->setting_lines > 0 && (line.front() == ' ' || line.front() == '\t');
  if (hangs && !shape.is_setting) ++census->hanging_lines;
  if (shape.longest_run >= kLongRun) census->long_run_characters += shape.longest_run;
  if (shape.is_setting) ++census->setting_lines;
  const std::string_view bare = Trim(line);
  const bool is_statement = place.in_rows || IsSqlStatement(bare);
  const bool is_of_terminal = CountTerminalLine(bare, census);
  const bool is_technical = is_statement || is_of_terminal || IsTechnicalLine(bare);
  const bool is_comment =
      place.in_comment || (shape.is_comment && !bare.starts_with("* ")) || bare.starts_with("\" ");
  if (is_technical || is_comment || shape.is_code) ++census->technical_lines;
  if (is_technical) ++census->command_lines;
  if (is_statement) ++census->statement_lines;
  if (!is_technical && IsSentenceLine(bare, shape)) ++census->sentence_lines;
  const std::string_view label = LabelOfProgram(census->first_line);
  if (!label.empty() && bare.starts_with(label)) ++census->alike_lines;
  if (shape.is_comment || place.in_comment) {
    if (!Trim(line).starts_with("* ")) ++census->comment_lines;
    if (shape.is_prose) {
      ++census->comment_prose_lines;
      census->comment_prose_characters += shape.characters;
    }
  } else if (shape.is_prose && !is_technical && !is_in_columns) {
    ++census->prose_lines;
    census->prose_characters += shape.characters;
  }
  if (shape.is_code) {
    ++census->code_lines;
    census->code_characters += shape.characters;
  }
  if (IsLogLine(bare)) ++census->log_lines;
  CountMarkup(line, census);
}

// Comments of a program that go over several lines, with the sign that begins each and the one that
// ends it.
struct BlockComment {
  std::string_view begin;
  std::string_view end;
};
constexpr auto kBlockComments = std::to_array<BlockComment>({
    {"/*", "*/"},
    {"\"\"\"", "\"\"\""},
    {"'''", "'''"},
    {"r\"\"\"", "\"\"\""},
    {"=head", "=cut"},
    {"=pod", "=cut"},
    {"=begin", "=end"},
    {"{-", "-}"},
    {"(*", "*)"},
    {"<!--", "-->"},
});

// The sign that ends the comment that begins in `line` and goes on behind it; "" when none does.
std::string_view EndOfComment(std::string_view line) {
  const std::string_view bare = Trim(line);
  for (const BlockComment& comment : kBlockComments) {
    if (!bare.starts_with(comment.begin)) continue;
    return bare.find(comment.end, comment.begin.size()) == bare.npos ? comment.end
                                                                     : std::string_view();
  }
  return {};
}

}  // namespace

TextCensus CensusOf(std::string_view text) {
  TextCensus census;
  std::string_view comment_end;
  bool in_rows = false;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const bool in_comment = !comment_end.empty();
    if (!in_comment) comment_end = EndOfComment(line);
    if (in_comment && line.find(comment_end) != line.npos) comment_end = {};
    CountLine(text::PrefixOf(line, kLongestLine), {.in_comment = in_comment, .in_rows = in_rows},
              &census);
    if (StartsWithIgnoringCase(line, "copy ") && IsSqlStatement(line)) in_rows = true;
    if (line.starts_with("\\.")) in_rows = false;
  }
  // In a program what stands in comments is no text of a page; bullets of a page are.
  if (census.code_lines < 3 && census.comment_lines < 3) {
    census.prose_lines += census.comment_prose_lines;
    census.prose_characters += census.comment_prose_characters;
  }
  return census;
}

}  // namespace broadsheet::sources::page
