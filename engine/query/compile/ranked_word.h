// SPDX-License-Identifier: GPL-3.0-or-later
// A word of a query as the ranking sees it.
#pragma once

#include <string>
#include <vector>

#include "engine/query/match/bm25.h"

namespace broadsheet::query {

struct RankedWord {
  // The terms of the index that it stands for, with their prefix; at least one.
  std::vector<std::string> terms;
  // Articles that have it, at most: the sum over its terms.
  double articles_with = 0;
  // Whether it is looked for in the default search's fields: only then do token runs have it under
  // its terms.
  bool default_search = true;
  // In a language of the query (text/stop_words.h).
  bool stop_word = false;
};

inline double IdfOf(const RankedWord& word, double articles) {
  return Idf(word.articles_with, articles);
}

}  // namespace broadsheet::query
