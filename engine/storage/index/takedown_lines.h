// SPDX-License-Identifier: GPL-3.0-or-later
// The text of INDEX/takedowns: a line for each id that was withdrawn, "<checksum of the rest>
// <time> <id>". docs/index_format.md has its form.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace broadsheet::storage {

// With its end of line.
std::string TakedownLine(const std::string& id, absl::Time now);

// The whole lines of a text, in their order.
struct TakedownLines {
  std::vector<std::string> ids;
  // Where each line ends in the text, its end of line included.
  std::vector<size_t> ends;

  // What these lines take of the text. What follows is the start of a line that a crash has cut
  // off: it was never acknowledged.
  size_t bytes() const { return ends.empty() ? 0 : ends.back(); }
};

// DATA_LOSS, in half a sentence ("is damaged in line 3"), when a line is not one that TakedownLine
// made, or when the text ends in something that is no start of one.
absl::StatusOr<TakedownLines> ParseTakedownLines(std::string_view text);

// The lines of a damaged text that are whole, one behind the other.
std::string SalvageTakedownLines(std::string_view text);

}  // namespace broadsheet::storage
