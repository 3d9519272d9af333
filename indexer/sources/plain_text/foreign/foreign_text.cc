// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/plain_text/foreign/foreign_text.h"

#include <cstddef>

#include "engine/text/utf8.h"
#include "indexer/sources/plain_text/foreign/foreign_head.h"
#include "indexer/sources/plain_text/foreign/table.h"
#include "indexer/sources/plain_text/foreign/text_census.h"

namespace broadsheet::sources::page {
namespace {

// How much of a text is looked at.
constexpr size_t kMostLookedAt = 32 << 10;

// Whether `part` of the lines are `share` in a hundred or more, and at least three.
bool AreMost(size_t part, const TextCensus& census, size_t share) {
  return part >= 3 && part * 100 >= census.lines * share;
}

// What hangs below a setting goes on with it, and a text may be its value: "Description: reads
// ...".
bool AreAllSettings(const TextCensus& census) {
  constexpr size_t kFewSettings = 3;
  const size_t of_settings =
      census.setting_lines + census.hanging_lines + (census.hanging_lines > 0 ? 1 : 0);
  return census.setting_lines >= kFewSettings && of_settings >= census.lines;
}

// It begins with what somebody typed, or most lines stand in a terminal. What a program answers may
// be sentences; an article that quotes some begins with its headline.
bool IsOfTerminal(const TextCensus& census) {
  constexpr size_t kFewLines = 2;
  if (census.begins_with_prompt) return true;
  if (census.lines <= kFewLines) {
    return census.lines == kFewLines && census.terminal_lines == census.lines;
  }
  if (census.begins_in_terminal && AreMost(census.terminal_lines, census, 33)) return true;
  return 2 * census.terminal_lines >= census.lines &&
         2 * census.prose_characters < census.characters;
}

std::optional<std::string_view> KindByLines(const TextCensus& census) {
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

// Most lines stand in columns, and little else can be read.
std::optional<std::string_view> KindByColumns(const TextCensus& census) {
  constexpr size_t kColumnShare = 60;
  const bool has_little_prose = 2 * census.prose_characters < census.characters;
  if (!has_little_prose || !AreMost(census.columns.count(), census, kColumnShare)) {
    return std::nullopt;
  }
  return "a table in columns, or a report of a program";
}

// Most lines are of programs, and little else can be read.
std::optional<std::string_view> KindByTechnicalLines(const TextCensus& census) {
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
std::optional<std::string_view> KindWithoutSentences(const TextCensus& census) {
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
std::optional<std::string_view> KindWithoutProse(const TextCensus& census) {
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
  const TextCensus census = CensusOf(text);
  if (const auto kind = KindByLines(census); kind.has_value()) return std::string(*kind);
  if (const auto kind = KindByColumns(census); kind.has_value()) return std::string(*kind);
  if (const auto kind = KindByTechnicalLines(census); kind.has_value()) return std::string(*kind);
  if (const auto kind = KindWithoutProse(census); kind.has_value()) return std::string(*kind);
  if (const auto kind = KindWithoutSentences(census); kind.has_value()) return std::string(*kind);
  return std::nullopt;
}

}  // namespace broadsheet::sources::page
