// SPDX-License-Identifier: GPL-3.0-or-later
// Counts the outcomes of single writes, for the summaries of `add` and `push`.
#pragma once

#include <cstdint>
#include <string>

namespace broadsheet::commands {

struct WriteCounts {
  uint64_t created = 0;
  uint64_t replaced = 0;
  uint64_t unchanged = 0;
  uint64_t superseded = 0;
  uint64_t refused = 0;

  uint64_t stored() const { return created + replaced; }
};

// "Stored 12 articles (10 new, 2 replaced), 3 unchanged, 1 superseded, 0 rejected"
std::string WriteSummary(const WriteCounts& counts, uint64_t rejected);

}  // namespace broadsheet::commands
