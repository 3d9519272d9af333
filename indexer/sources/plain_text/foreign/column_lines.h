// SPDX-License-Identifier: GPL-3.0-or-later
// Tells lines that a program set in columns, as lists of disks, of processes and of settings are:
// something begins at the same place of neighbouring lines, behind a gap of several blanks.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace broadsheet::sources::page {

// Counts the lines of one text; for one thread.
class ColumnLines {
 public:
  // Takes the next line, untrimmed and without its line end. Whether it shares a column with the
  // one before it.
  bool Add(std::string_view line);

  // The lines so far that share a column with the one before or behind them.
  size_t count() const { return count_; }

 private:
  std::vector<size_t> columns_;  // of the line before, in bytes from its beginning
  bool is_counted_ = false;      // the line before
  size_t count_ = 0;
};

}  // namespace broadsheet::sources::page
