// SPDX-License-Identifier: GPL-3.0-or-later
// What a written word stands for in this index: its terms, or for word* and word~ the terms of the
// index's own vocabulary that they reach. Xapian's OP_WILDCARD is never used: it has no bound that
// holds.
#pragma once

#include <string>
#include <vector>

#include "engine/base/call_control.h"
#include "engine/query/syntax/limits.h"

namespace broadsheet::query {

struct Expansion {
  std::vector<std::string> terms;  // without prefix, distinct
  size_t found = 0;                // how many there are in all; more than terms.size() when cut
};

// Terms that start with `start`, among those under `prefix`, the most frequent ones when there are
// more than `most`. Throws what Xapian and the deadline throw.
Expansion ExpandPrefix(const Xapian::Database& database, const std::string& prefix,
                       const std::string& start, size_t most, base::Deadline& deadline);

// Terms within `edits` changed, missing, added or swapped letters of any of `words` and with its
// first letter, among those under `prefix`; nearest first, then most frequent.
Expansion ExpandFuzzy(const Xapian::Database& database, const std::string& prefix,
                      const std::vector<std::string>& words, int edits, size_t most,
                      base::Deadline& deadline);

// Optimal string alignment distance in code points, or `most` + 1 when it is more than `most`.
int EditDistance(const std::u32string& a, const std::u32string& b, int most);

}  // namespace broadsheet::query
