// SPDX-License-Identifier: GPL-3.0-or-later
// Counts the outcomes of single writes, for the summaries of `add` and `push`.
#pragma once

#include <cstdint>
#include <string>

#include "engine/schema/withheld.h"

namespace broadsheet::commands {

struct WriteCounts {
  uint64_t created = 0;
  uint64_t replaced = 0;
  uint64_t unchanged = 0;
  uint64_t superseded = 0;
  uint64_t refused = 0;
  // How many of the stored ones, as far as the command knows.
  uint64_t without_language = 0;
  schema::WithheldCounts withheld = {};

  uint64_t stored() const { return created + replaced; }
};

// "Stored 12 articles (10 new, 2 replaced), 3 unchanged, 1 superseded, 0 rejected", in the brackets
// how many are withheld, if any are, and at least how many records were lost, if any. `without` is
// what is said of those without a language, if there are any ("4 without a language").
std::string WriteSummary(const WriteCounts& counts, uint64_t rejected, uint64_t lost,
                         const std::string& without = "");

}  // namespace broadsheet::commands
