// SPDX-License-Identifier: GPL-3.0-or-later
// Measurements for people, as a table, and for programs, as JSON.
#pragma once

#include <string>

#include "bench/load/measurement.h"

namespace broadsheet::bench {

// The lines above the rows of a table.
std::string TableHead();

// A row for each class and, if there are several, one for all. Ends with a line end.
std::string TableRows(const Measurement& measurement);

// One line of JSON without its line end. Times are milliseconds. `histogram` has pairs: a time, and
// how many calls took no longer than it and longer than that of the pair before.
std::string JsonLine(const Measurement& measurement);

}  // namespace broadsheet::bench
