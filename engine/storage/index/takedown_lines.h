// SPDX-License-Identifier: GPL-3.0-or-later
// The text of INDEX/takedowns: a line for each id that was withdrawn, "<checksum of the rest>
// <time> <id>", and for each whose withdrawal was undone the same with a tab before the id. The
// last line of an id counts. docs/index_format.md has the format.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace broadsheet::storage {

// Each returns the line with its end of line.
std::string TakedownLine(const std::string& id, absl::Time now);
std::string UndoLine(const std::string& id, absl::Time now);

// The whole lines of a text, in their order.
struct TakedownLines {
  std::vector<std::string> ids;
  // Whether the line undoes the takedown of its id.
  std::vector<bool> undoes;
  // "2024-06-19T12:00:00Z"
  std::vector<std::string> times;
  // Where each line ends in the text, its end of line included.
  std::vector<size_t> ends;

  // The bytes of these lines. Any text after them is the start of a line that a crash cut off; its
  // takedown was never acknowledged.
  size_t bytes() const { return ends.empty() ? 0 : ends.back(); }
  // The ids that are taken down after all lines, each with the time of its last line, in the order
  // of these.
  std::vector<std::pair<std::string, std::string>> InForce() const;
};

// DATA_LOSS, in half a sentence ("is damaged in line 3"), when TakedownLine did not make a line, or
// when the text ends in something that is not the start of a line.
absl::StatusOr<TakedownLines> ParseTakedownLines(std::string_view text);

// The intact lines of a damaged text, concatenated.
std::string SalvageTakedownLines(std::string_view text);

}  // namespace broadsheet::storage
