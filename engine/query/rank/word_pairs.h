// SPDX-License-Identifier: GPL-3.0-or-later
// Adds to the score of an article that has neighbouring words of the query near each other.
//
// A pair counts once for each place where its two words are near each other within one text (a
// headline, a caption), and the count is scored as if the pair were a word: weight · (idf of both)
// · Saturation(count). It counts twice over: in either order within kWindow, and once more in the
// query's order within kCloseWindow. After the sequential dependence model of Metzler and Croft
// ("A Markov Random Field Model for Term Dependencies", 2005).
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/query/rank/sought_words.h"

namespace broadsheet::query {

// Found by measurement (docs/relevance.md). Words are within a window of n when fewer than n words
// lie from one to the other.
inline constexpr uint32_t kWindow = 8;
inline constexpr double kWindowWeight = 0.1;
inline constexpr uint32_t kCloseWindow = 3;
inline constexpr double kCloseWeight = 0.2;

// Not thread-safe: keeps scratch memory. `words` must outlive it.
class PairScorer {
 public:
  explicit PairScorer(const SoughtWords& words);

  // False when there is nothing to score.
  bool has_pairs() const { return !pairs_.empty(); }

  // 0 or greater.
  double Score(const RunWords& run);

 private:
  struct Pair {
    double idf = 0;           // of both words, added up for each time the query has the pair
    double idf_in_order = 0;  // the same, where the query has the lower number first
    double idf_reversed = 0;
    uint32_t near = 0;  // the counts in the run that is being scored
    uint32_t close_in_order = 0;
    uint32_t close_reversed = 0;
  };
  static constexpr uint16_t kNoPair = UINT16_MAX;

  // The number of the pair of two words, in either order.
  uint16_t& PairOf(uint32_t a, uint32_t b) { return numbers_[a * word_count_ + b]; }
  void AddPair(uint32_t a, uint32_t b, double idf);
  void CountPairs(const RunWords& run, size_t last);

  size_t word_count_;
  std::vector<uint16_t> numbers_;  // by the numbers of two words
  std::vector<Pair> pairs_;
};

}  // namespace broadsheet::query
