// SPDX-License-Identifier: GPL-3.0-or-later
// Draws counts in text: the values of a field as bars, periods as bars or as one line.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

#include "broadsheet/v1/search_service.pb.h"
#include "client/view/terminal.h"

namespace broadsheet::client {

struct Bar {
  std::string label;
  int64_t count = 0;
};

// A line for each bar: label, count, and a bar that is as long as the count is large, the longest
// as long as the line allows. Labels that take more than half of the line are cut.
void PrintBars(const std::vector<Bar>& bars, size_t indent, const Terminal& terminal,
               std::ostream& out);

// A facet: its field, its values as bars, and how many more values there are.
void PrintFacet(const v1::Facet& facet, const Terminal& terminal, std::ostream& out);

// All periods as bars, each run of empty ones in one line.
void PrintPeriods(const v1::AggregateArticlesResponse& counts, const Terminal& terminal,
                  std::ostream& out);

// Facets as bars and the timeline in one line, below hits. Prints nothing when there is neither.
void PrintCounts(const v1::AggregateArticlesResponse& counts, const Terminal& terminal,
                 std::ostream& out);

}  // namespace broadsheet::client
