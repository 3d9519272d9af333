// SPDX-License-Identifier: GPL-3.0-or-later
// Counts what the lines of a text look like, from which ForeignKind judges whether it is an
// article.
#pragma once

#include <cstddef>
#include <string_view>

#include "indexer/sources/plain_text/foreign/column_lines.h"

namespace broadsheet::sources::page {

// Lines of a text by what they look like, and their characters.
struct TextCensus {
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
  // Lines in columns.
  ColumnLines columns;
  size_t long_run_characters = 0;
  // "<name" and "</name", and "name":
  size_t tags = 0;
  size_t members = 0;
};

// The result views `text`. Pure.
TextCensus CensusOf(std::string_view text);

}  // namespace broadsheet::sources::page
