// SPDX-License-Identifier: GPL-3.0-or-later
// A word of a query as the ranking sees it.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "engine/weights/bm25.h"

namespace broadsheet::query {

struct RankedWord {
  // The terms of the index that it stands for, with their prefix; at least one.
  std::vector<std::string> terms;
  // The form in which it was typed, accents kept; "" for a word that stands for others (word*).
  std::string typed = {};
  // Where the query has it, in bytes; at least once.
  std::vector<size_t> places = {};
  // Articles that have it, at most: the sum over its terms.
  double articles_with = 0;
  // Whether it is looked for in the default search's fields: only then do token runs have it under
  // its terms.
  bool default_search = true;
  // In a language of the query (text/stop_words.h).
  bool stop_word = false;
};

// How much more a word counts that the query has `times` times: as in BM25, less and less. k3 is
// as in Robertson et al., "Okapi at TREC-3" (1994); found by measurement (docs/relevance.md).
inline constexpr double kK3 = 1;
inline double WeightOfRepeats(size_t times) {
  const auto count = static_cast<double>(times);
  return (kK3 + 1) * count / (kK3 + count);
}

inline double IdfOf(const RankedWord& word, double articles) {
  return weights::Idf(word.articles_with, articles);
}

}  // namespace broadsheet::query
