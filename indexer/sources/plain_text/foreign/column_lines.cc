// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/plain_text/foreign/column_lines.h"

#include <algorithm>
#include <utility>

#include "engine/text/char_class.h"

namespace broadsheet::sources::page {
namespace {

bool IsBlank(char c) { return c == ' ' || c == '\t'; }

// Some put two blanks behind a sentence.
bool EndsClause(char c) { return std::string_view(".!?:;,").find(c) != std::string_view::npos; }

// Where something stands behind a gap, where a bar parts columns, and where the colon of an
// indented name stands, "     Memory: 42.1M".
std::vector<size_t> ColumnsOf(std::string_view line) {
  constexpr size_t kGap = 2;
  constexpr size_t kLongestName = 40;
  std::vector<size_t> columns;
  const size_t begin = std::min(line.find_first_not_of(" \t"), line.size());
  size_t blanks = 0;
  for (size_t at = begin; at < line.size(); ++at) {
    if (IsBlank(line[at])) {
      blanks += line[at] == '\t' ? kGap : 1;
      continue;
    }
    const bool is_behind_gap =
        blanks >= kGap && !EndsClause(line[line.find_last_not_of(" \t", at - 1)]);
    const bool is_bar = line[at] == '|' && at > begin;
    if (is_behind_gap || is_bar) columns.push_back(at);
    blanks = 0;
  }
  const size_t colon = line.find(": ");
  if (begin >= kGap && colon != line.npos && colon < kLongestName) columns.push_back(colon);
  return columns;
}

}  // namespace

bool ColumnLines::Add(std::string_view line) {
  // A rule below the names of columns is none of theirs.
  if (std::none_of(line.begin(), line.end(), text::IsAsciiAlnum)) return false;
  std::vector<size_t> columns = ColumnsOf(line);
  const bool is_shared = std::any_of(columns.begin(), columns.end(), [this](size_t column) {
    return std::find(columns_.begin(), columns_.end(), column) != columns_.end();
  });
  if (is_shared) count_ += is_counted_ ? 1 : 2;
  is_counted_ = is_shared;
  columns_ = std::move(columns);
  return is_shared;
}

}  // namespace broadsheet::sources::page
