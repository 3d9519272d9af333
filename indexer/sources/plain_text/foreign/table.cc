// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/plain_text/foreign/table.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>
#include <vector>

#include "engine/text/char_class.h"

namespace broadsheet::sources::page {
namespace {

constexpr size_t kMostRows = 200;
constexpr size_t kLongestTitle = 60;

struct Rows {
  // The number of columns of each row.
  std::vector<size_t> columns;
  // How many separators there are, and how many of them white space follows, as in a sentence.
  size_t separators = 0;
  size_t followed_by_space = 0;
  // "10,000" is no two columns.
  size_t between_digits = 0;
  size_t longest_in_first = 0;
};

// Reads rows as programs write them: a column may be in quotes, and then have separators and line
// ends in it. Rows without any character are passed over, and the last row, which may be cut off,
// when there are others.
class RowReader {
 public:
  RowReader(std::string_view text, char separator) : text_(text), separator_(separator) {}

  Rows Read() {
    while (at_ < text_.size() && rows_.columns.size() < kMostRows) ReadRow();
    if (rows_.columns.size() > 2 && !text_.ends_with('\n') && at_ >= text_.size()) {
      rows_.columns.pop_back();
    }
    return std::move(rows_);
  }

 private:
  void ReadRow() {
    const size_t begin = at_;
    size_t columns = 1;
    size_t column_begin = at_;
    const auto end_column = [&] {
      if (rows_.columns.empty()) {
        rows_.longest_in_first = std::max(rows_.longest_in_first, at_ - column_begin);
      }
    };
    for (; at_ < text_.size() && text_[at_] != '\n'; ++at_) {
      const char c = text_[at_];
      if (c == '"' && at_ == column_begin) {
        SkipQuoted();
        if (at_ >= text_.size() || text_[at_] == '\n') break;
      }
      if (text_[at_] != separator_) continue;
      end_column();
      ++columns;
      ++rows_.separators;
      CountNeighbours();
      column_begin = at_ + 1;
    }
    end_column();
    // A sign that ends each line parts nothing, such as that of a statement.
    if (column_begin >= at_) --columns;
    const std::string_view row = text_.substr(begin, at_ - begin);
    if (row.find_first_not_of(" \r") != row.npos) rows_.columns.push_back(columns);
    ++at_;
  }

  void CountNeighbours() {
    if (at_ + 1 >= text_.size()) return;
    const char after = text_[at_ + 1];
    if (after == ' ') ++rows_.followed_by_space;
    if (at_ > 0 && text::IsAsciiDigit(text_[at_ - 1]) && text::IsAsciiDigit(after)) {
      ++rows_.between_digits;
    }
  }

  // From a quote to behind the one that ends it.
  void SkipQuoted() {
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] != '"') continue;
      if (at_ + 1 >= text_.size() || text_[at_ + 1] != '"') break;
      ++at_;
    }
    ++at_;
  }

  const std::string_view text_;
  const char separator_;
  size_t at_ = 0;
  Rows rows_;
};

bool AreOfATable(const Rows& rows, char separator) {
  // With a space behind each, as in a sentence, more has to agree.
  constexpr size_t kColumnsWithSpaces = 3;
  constexpr size_t kRowsWithSpaces = 6;
  if (rows.columns.size() < 2 || rows.longest_in_first > kLongestTitle) return false;
  const size_t width = rows.columns.front();
  if (width < 2) return false;
  const auto same =
      static_cast<size_t>(std::count(rows.columns.begin(), rows.columns.end(), width));
  const bool spaced = separator != '\t' && 4 * rows.followed_by_space > rows.separators;
  if (spaced) {
    return width >= kColumnsWithSpaces && rows.columns.size() >= kRowsWithSpaces &&
           same == rows.columns.size();
  }
  const bool few = rows.columns.size() < 3 || width == 2;
  if (few && 2 * rows.between_digits >= rows.separators) return false;
  return few ? same == rows.columns.size() : 10 * same >= 9 * rows.columns.size();
}

}  // namespace

bool IsTable(std::string_view text) {
  constexpr auto kSeparators = std::to_array<char>({',', ';', '\t', '|'});
  const std::string_view first = text.substr(0, text.find('\n'));
  return std::any_of(kSeparators.begin(), kSeparators.end(), [&](char separator) {
    return first.find(separator) != first.npos &&
           AreOfATable(RowReader(text, separator).Read(), separator);
  });
}

}  // namespace broadsheet::sources::page
