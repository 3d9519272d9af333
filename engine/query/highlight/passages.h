// SPDX-License-Identifier: GPL-3.0-or-later
// Chooses the passages of an article that a hit shows, from positions alone, before any text is
// read: a match in the last paragraph of a book costs no more than one in the first.
//
// The best passage shows most of the parts of the query that better ones do not show. Each part
// counts by its weight (rare words more than frequent ones, a phrase as much as its words); a part
// already shown counts a tenth. Between equal passages, one whose matches are closer together comes
// first; then one with more matches; then the order of the texts decides.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/base/call_control.h"
#include "engine/query/highlight/match_finder.h"
#include "engine/query/positions/run_layout.h"

namespace broadsheet::query {

// Words [first, last] of the run, all in one stretch (run_layout.h).
struct WordRange {
  uint32_t first = 0;
  uint32_t last = 0;

  bool Overlaps(const WordRange& other) const { return first <= other.last && other.first <= last; }
};

// A stretch of text to show. It starts and ends at the limits of sentences where some are near.
struct Passage {
  size_t stretch = 0;
  WordRange shown;
  WordRange core;   // the matches that it was chosen for
  double gain = 0;  // the weight of the query parts that better passages do not show
};

// By stretch, how many words a fragment holds; 0 = the whole stretch, however long.
using Capacities = std::vector<uint32_t>;

// At most `most` passages, best first; passages never overlap. `found` is in order; `weights` has
// the weight (above 0) of each pattern, `capacities` has an entry for each stretch of the layout.
// Throws DeadlineError.
std::vector<Passage> PickPassages(const RunLayout& layout, const std::vector<MatchedSpan>& found,
                                  const std::vector<double>& weights, const Capacities& capacities,
                                  size_t most, base::Deadline& deadline);

}  // namespace broadsheet::query
