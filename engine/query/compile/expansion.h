// SPDX-License-Identifier: GPL-3.0-or-later
// What a written word stands for in this index: its terms, or for word* and word~ the terms of the
// index's own vocabulary that they reach. Xapian's OP_WILDCARD is never used: it has no bound that
// holds.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/call_control.h"
#include "engine/query/compile/spellings.h"
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

// The least distance among the words that articles with `term` really have; nullopt when they have
// none of them.
using WrittenWords = std::function<std::optional<int>(
    const std::string& term, const std::vector<std::pair<std::string, int>>& words)>;

// A word whose neighbours are looked for.
struct FuzzyWord {
  std::string typed;  // folded, not empty
  int edits = 0;      // as asked for; 0 = as many as its length allows
};

// Terms that stand for a word within so many letters of the typed one (spellings.h) and with its
// first letter, among those under `prefix`; nearest first, then most frequent. Where the number was
// not asked for, what is two letters away is left out unless it is a hundred times as frequent as
// all that is nearer: most often the nearer one was meant. A term is left out when articles have
// none of the near words that `written` is asked about, unless that goes for all terms.
Expansion ExpandFuzzy(const Xapian::Database& database, const std::string& prefix,
                      const FuzzyWord& word, Spellings& spellings, const WrittenWords& written,
                      size_t most, base::Deadline& deadline);

// How many letters of `word` may differ.
int EditsOf(const FuzzyWord& word);

}  // namespace broadsheet::query
