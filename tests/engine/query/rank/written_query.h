// SPDX-License-Identifier: GPL-3.0-or-later
// The words of a query as ranking sees them, and what a run has of them, written as text.
#pragma once

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include "engine/query/compile/ranked_word.h"
#include "engine/query/rank/sought_words.h"
#include "tests/engine/weights/written_run.h"

namespace broadsheet::query::written {

using weights::written::CodesOf;
using weights::written::FrequentWords;
using weights::written::HashOf;
using weights::written::IdfOfOne;
using weights::written::kArticles;
using weights::written::kSeed;
using weights::written::Rarity;
using weights::written::RunOf;

// "harri=harris ferry harri=harry" are three words of a query, which stand ten bytes apart. Each is
// in one article.
inline std::vector<RankedWord> WordsOf(const std::string& text) {
  std::vector<RankedWord> words;
  std::istringstream in(text);
  for (std::string word; in >> word;) {
    const size_t end = std::min(word.find('='), word.size());
    const std::string typed = end < word.size() ? word.substr(end + 1) : word;
    words.push_back({.terms = {word.substr(0, end)},
                     .typed = typed,
                     .places = {10 * words.size()},
                     .articles_with = 1});
  }
  return words;
}

inline SoughtWords Sought(const std::vector<RankedWord>& words) {
  return SoughtWords(words, kArticles, kSeed);
}
inline SoughtWords Sought(const std::string& words) { return Sought(WordsOf(words)); }

inline RunWords Found(SoughtWords words, const std::string& run) {
  RunWords found;
  words.FindIn(RunOf(run), Rarity(), &found);
  return found;
}

}  // namespace broadsheet::query::written
