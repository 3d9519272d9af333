// SPDX-License-Identifier: GPL-3.0-or-later
// Chooses what of an article a hit shows, from positions alone, before any text is read: a match in
// the last paragraph of a book costs no more than one in the first.
//
// Best first means: those that show most of the query that was not yet shown, each part of the
// query counting by its weight (rare words more than frequent ones, a phrase as much as its words);
// between such, those whose matches stand close together; then those with more matches; then in the
// order of the texts. What was shown already counts a tenth.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/base/call_control.h"
#include "engine/query/highlight/match_finder.h"
#include "engine/query/positions/run_layout.h"

namespace broadsheet::query {

// Words [first, last] of the run, all in one stretch.
struct WordRange {
  uint32_t first = 0;
  uint32_t last = 0;

  bool Overlaps(const WordRange& other) const { return first <= other.last && other.first <= last; }
};

// A piece worth showing. It starts and ends with a sentence where one does nearby.
struct Passage {
  size_t stretch = 0;
  WordRange shown;
  WordRange core;   // the matches that it was chosen for
  double gain = 0;  // what it shows of the query that better ones do not
};

// How many words of a stretch a fragment holds; 0 = all of it, however long.
using Capacities = std::vector<uint32_t>;

// At most `most`, best first; of one stretch they never overlap. `found` is in order; `weights` are
// those of its patterns (above 0), `capacities` those of the layout's stretches. Throws what the
// deadline throws.
std::vector<Passage> PickPassages(const RunLayout& layout, const std::vector<MatchedSpan>& found,
                                  const std::vector<double>& weights, const Capacities& capacities,
                                  size_t most, base::Deadline& deadline);

}  // namespace broadsheet::query
