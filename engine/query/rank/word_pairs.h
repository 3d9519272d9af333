// SPDX-License-Identifier: GPL-3.0-or-later
// Adds to the score of an article that has neighbouring words of the query near each other.
//
// A pair counts once for each place where its two words are fewer than kPairWindow words apart, in
// either order and within one text (a headline, a caption), and the count is scored as if the pair
// were a word: kPairWeight · (idf of both) · Saturation(count). After the sequential dependence
// model of Metzler and Croft ("A Markov Random Field Model for Term Dependencies", 2005) without
// its exact phrases, which added nothing measurable.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/query/compile/ranked_word.h"
#include "engine/query/positions/hashed_words.h"
#include "engine/storage/base/token_run.h"

namespace broadsheet::query {

// Both were found by measurement (docs/relevance.md). Weights from .05 to .2 are equally good; from
// .3 on pairs outweigh single words.
inline constexpr double kPairWeight = 0.1;
inline constexpr uint32_t kPairWindow = 8;

// Not thread-safe: keeps scratch memory.
class PairScorer {
 public:
  // `words` are in the order of the query; those outside the default search make no pairs.
  // `articles` is the number of articles in the index.
  PairScorer(const std::vector<RankedWord>& words, double articles, uint64_t token_seed);

  // False when there is nothing to score.
  bool has_pairs() const { return !weights_.empty(); }

  // 0 or greater.
  double Score(storage::TokenRun run);

 private:
  struct Occurrence {
    uint32_t word;
    RunPlace place;
  };
  static constexpr uint16_t kNoPair = UINT16_MAX;

  // The number of the pair of two words, in either order.
  uint16_t& PairOf(uint32_t a, uint32_t b) { return pairs_[a * word_count_ + b]; }
  void AddPair(uint32_t a, uint32_t b, double weight);
  void CountPairs(const Occurrence& last);

  HashedWords words_;
  // Repeated words of the query count as one word, so that a word makes no pairs with itself.
  size_t word_count_ = 0;
  std::vector<uint16_t> pairs_;
  std::vector<double> weights_;  // by pair
  std::vector<uint32_t> counts_;
  std::vector<Occurrence> passed_;
};

}  // namespace broadsheet::query
