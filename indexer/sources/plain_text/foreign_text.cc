// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/plain_text/foreign_text.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "engine/text/char_class.h"
#include "engine/text/utf8.h"
#include "indexer/sources/plain_text/foreign_head.h"
#include "indexer/sources/plain_text/line_shape.h"
#include "indexer/sources/plain_text/lines/terminal_line.h"
#include "indexer/sources/plain_text/table.h"
#include "indexer/sources/plain_text/technical_line.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::page {
namespace {

// How much of a text is looked at; lines longer than that are cut.
constexpr size_t kMostLookedAt = 32 << 10;
constexpr size_t kLongestLine = 4000;

// Lines of a text by what they look like, and their characters.
struct Census {
  // The first line is one that a text may begin with: it has no sign, and is no comment.
  bool begins_plainly = false;
  size_t lines = 0;
  size_t characters = 0;
  size_t letters = 0;
  size_t digits = 0;
  size_t prose_lines = 0;
  size_t prose_characters = 0;
  size_t code_lines = 0;
  size_t code_characters = 0;
  // Without "* ", which items of a list have as well.
  size_t comment_lines = 0;
  // Of the comments, those that read like running text.
  size_t comment_prose_lines = 0;
  size_t comment_prose_characters = 0;
  size_t setting_lines = 0;
  size_t log_lines = 0;
  size_t statement_lines = 0;  // of SQL
  // Of programs, reports and records, with their comments.
  size_t technical_lines = 0;
  // Of these, the lines that are so by their words, "ls -la /var/spool/wire".
  size_t command_lines = 0;
  size_t one_word_lines = 0;
  // Lines of running text that end as sentences do, or are as long as paragraphs.
  size_t sentence_lines = 0;
  // Lines that hang below a setting by their indentation.
  size_t hanging_lines = 0;
  // Of the lines, those that begin with the same two words as the first, "npm ERR!".
  size_t alike_lines = 0;
  std::string_view first_line;
  // Lines that stand in a terminal, and whether the first is one.
  size_t terminal_lines = 0;
  bool begins_in_terminal = false;
  bool begins_with_prompt = false;
  size_t long_run_characters = 0;
  // "<name" and "</name", and "name":
  size_t tags = 0;
  size_t members = 0;
};

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
void CountMarkup(std::string_view line, Census* census) {
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
bool CountTerminalLine(std::string_view bare, Census* census) {
  const TerminalLine kind = KindOfTerminalLine(bare);
  if (kind == TerminalLine::kNone) return false;
  ++census->terminal_lines;
  if (census->lines == 1) census->begins_in_terminal = true;
  if (kind == TerminalLine::kPrompt && census->lines == 1) census->begins_with_prompt = true;
  return true;
}

void CountLine(std::string_view line, LinePlace place, Census* census) {
  constexpr size_t kLongRun = 60;
  const LineShape shape = ShapeOf(line);
  if (shape.characters == 0) return;
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
  } else if (shape.is_prose && !is_technical) {
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

Census TakeCensus(std::string_view text) {
  Census census;
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
    if (IsSqlStatement(line) && StartsWithIgnoringCase(line, "copy ")) in_rows = true;
    if (line.starts_with("\\.")) in_rows = false;
  }
  // In a program what stands in comments is no text of a page; bullets of a page are.
  if (census.code_lines < 3 && census.comment_lines < 3) {
    census.prose_lines += census.comment_prose_lines;
    census.prose_characters += census.comment_prose_characters;
  }
  return census;
}

// Whether `part` of the lines are `share` in a hundred or more, and at least three.
bool AreMost(size_t part, const Census& census, size_t share) {
  return part >= 3 && part * 100 >= census.lines * share;
}

// What hangs below a setting goes on with it, and a text may be its value: "Description: reads
// ...".
bool AreAllSettings(const Census& census) {
  constexpr size_t kFewSettings = 3;
  const size_t of_settings =
      census.setting_lines + census.hanging_lines + (census.hanging_lines > 0 ? 1 : 0);
  return census.setting_lines >= kFewSettings && of_settings >= census.lines;
}

// It begins with what somebody typed, or most lines stand in a terminal. What a program answers may
// be sentences; an article that quotes some begins with its headline.
bool IsOfTerminal(const Census& census) {
  constexpr size_t kFewLines = 2;
  if (census.begins_with_prompt) return true;
  if (census.lines <= kFewLines) {
    return census.lines == kFewLines && census.terminal_lines == census.lines;
  }
  if (census.begins_in_terminal && AreMost(census.terminal_lines, census, 33)) return true;
  return 2 * census.terminal_lines >= census.lines &&
         2 * census.prose_characters < census.characters;
}

std::optional<std::string_view> KindByLines(const Census& census) {
  constexpr size_t kLogShare = 60;
  constexpr size_t kSettingShare = 60;
  constexpr size_t kCommentShare = 40;
  constexpr size_t kBytesPerTag = 300;
  constexpr size_t kBytesPerMember = 300;
  constexpr size_t kManyCharacters = 200;
  const bool has_little_prose = 2 * census.prose_characters < census.characters;
  if (AreMost(census.log_lines, census, kLogShare)) return "a log";
  if (AreMost(census.alike_lines, census, kLogShare)) return "a log";
  if (IsOfTerminal(census)) return "the output of a terminal";
  if (AreAllSettings(census)) return "settings (INI, YAML, TOML or their like)";
  if (census.statement_lines > 0 && census.prose_lines == 0) {
    return "statements of a database (SQL)";
  }
  if (census.statement_lines >= 2 && census.statement_lines * 3 >= census.prose_lines) {
    return "statements of a database (SQL)";
  }
  if (census.tags >= 4 && census.tags * kBytesPerTag >= census.characters) {
    return "markup of an unknown kind";
  }
  // A text about programs shows some of one, but neither begins with it nor consists of it.
  const bool may_show_code = census.begins_plainly && !has_little_prose;
  if (!may_show_code && census.members >= 3 &&
      census.members * kBytesPerMember >= census.characters) {
    return "JSON in a wrapping, or a program with data in it";
  }
  if (AreMost(census.setting_lines, census, kSettingShare) && has_little_prose) {
    return "settings (INI, YAML, TOML or their like)";
  }
  if (AreMost(census.comment_lines, census, kCommentShare) &&
      4 * census.prose_characters < census.characters) {
    return "settings or a program, most of it comments";
  }
  if (2 * census.long_run_characters >= census.characters && census.long_run_characters > 0 &&
      has_little_prose) {
    return "encoded data (base64 or its like)";
  }
  // Copies of news pages have less than 3 in a hundred of them; one about programs may have more.
  const bool is_all_code = census.prose_lines == 0 && 2 * census.code_lines > census.lines &&
                           (census.lines >= 2 || census.characters >= kManyCharacters);
  if (is_all_code || (census.code_lines >= 3 && census.code_characters > census.prose_characters) ||
      (!may_show_code && census.code_lines >= 5 &&
       3 * census.code_characters > census.prose_characters)) {
    return "a program or data with the signs of one";
  }
  return std::nullopt;
}

// Most lines are of programs, and little else can be read.
std::optional<std::string_view> KindByTechnicalLines(const Census& census) {
  constexpr size_t kFewLines = 2;
  const bool are_many = census.lines <= kFewLines ? census.technical_lines == census.lines
                                                  : 2 * census.technical_lines >= census.lines;
  // Reports begin with a sentence for people.
  const bool are_nearly_all = 3 * census.technical_lines >= 2 * census.lines && census.lines > 2;
  const size_t most_prose = are_nearly_all ? census.characters / 2 : census.characters / 3;
  const bool is_one_sign = census.lines < kFewLines && census.command_lines == 0;
  if (!are_many || is_one_sign || census.prose_characters > most_prose) return std::nullopt;
  return "a program, its settings, or a report of one";
}

// No sentence and no long line, but signs of a program or lines too short for a text. Songs have no
// sentences either, but lines of words alone.
std::optional<std::string_view> KindWithoutSentences(const Census& census) {
  constexpr size_t kFewLines = 2;
  if (census.sentence_lines > 0 || census.lines == 0) return std::nullopt;
  const size_t signs = census.lines > kFewLines ? census.technical_lines : census.command_lines;
  if (4 * signs >= census.lines && signs > 0) {
    return "a program, its settings, or a report of one";
  }
  if (census.prose_lines > 0) return std::nullopt;
  // A headline alone.
  if (census.lines <= kFewLines) return std::nullopt;
  // Letters in a hundred characters: songs have little else.
  constexpr size_t kLettersOfSong = 97;
  const bool may_be_song = 100 * census.letters >= kLettersOfSong * census.characters &&
                           2 * census.one_word_lines < census.lines;
  if (may_be_song) return std::nullopt;
  return "a list of short lines without a text";
}

// Neither a sentence nor a long line among many.
std::optional<std::string_view> KindWithoutProse(const Census& census) {
  constexpr size_t kManyLines = 10;
  if (census.letters * 2 < census.characters && census.lines >= 2) {
    return "mostly figures and signs";
  }
  if (census.prose_lines > 0 || census.lines < kManyLines) return std::nullopt;
  return census.one_word_lines * 10 >= census.lines * 9 ? "a list of words"
                                                        : "a list of short lines without a text";
}

}  // namespace

std::optional<std::string> ForeignKind(std::string_view text) {
  text = text::PrefixOf(text, kMostLookedAt);
  if (const auto head = KindByHead(text); head.has_value()) return std::string(*head);
  if (IsTable(text)) return "a table (CSV or its like)";
  const Census census = TakeCensus(text);
  if (const auto kind = KindByLines(census); kind.has_value()) return std::string(*kind);
  if (const auto kind = KindByTechnicalLines(census); kind.has_value()) return std::string(*kind);
  if (const auto kind = KindWithoutProse(census); kind.has_value()) return std::string(*kind);
  if (const auto kind = KindWithoutSentences(census); kind.has_value()) return std::string(*kind);
  return std::nullopt;
}

}  // namespace broadsheet::sources::page
