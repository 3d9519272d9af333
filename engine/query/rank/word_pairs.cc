// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/rank/word_pairs.h"

#include <algorithm>
#include <map>
#include <string>

#include "engine/query/match/bm25.h"

namespace broadsheet::query {

PairScorer::PairScorer(const std::vector<RankedWord>& words, double articles, uint64_t token_seed) {
  std::map<std::vector<std::string>, uint32_t> numbers;
  std::vector<uint32_t> in_order;
  std::vector<double> idfs;
  for (const RankedWord& word : words) {
    if (!word.default_search) continue;
    const auto number = static_cast<uint32_t>(numbers.size());
    const auto [known, is_new] = numbers.emplace(word.terms, number);
    in_order.push_back(known->second);
    if (!is_new) continue;
    idfs.push_back(IdfOf(word, articles));
    for (const std::string& term : word.terms) {
      words_.Add(storage::HashTerm(term, token_seed), number);
    }
  }
  word_count_ = numbers.size();
  pairs_.assign(word_count_ * word_count_, kNoPair);
  for (size_t i = 1; i < in_order.size(); ++i) {
    const uint32_t a = in_order[i - 1];
    const uint32_t b = in_order[i];
    if (a != b) AddPair(a, b, kPairWeight * (idfs[a] + idfs[b]));
  }
  counts_.resize(weights_.size());
}

void PairScorer::AddPair(uint32_t a, uint32_t b, double weight) {
  if (PairOf(a, b) == kNoPair) {
    PairOf(a, b) = PairOf(b, a) = static_cast<uint16_t>(weights_.size());
    weights_.push_back(0);
  }
  weights_[PairOf(a, b)] += weight;
}

double PairScorer::Score(storage::TokenRun run) {
  if (!has_pairs()) return 0;
  std::fill(counts_.begin(), counts_.end(), 0);
  passed_.clear();
  const uint32_t length = FindWords(run, words_, [this](uint32_t word, const RunPlace& place) {
    CountPairs({word, place});
    passed_.push_back({word, place});
  });
  const double norm = schema::LengthNorm(length);
  double score = 0;
  for (size_t i = 0; i < weights_.size(); ++i) {
    if (counts_[i] > 0) score += weights_[i] * Saturation(counts_[i], norm);
  }
  return score;
}

void PairScorer::CountPairs(const Occurrence& last) {
  for (auto before = passed_.rbegin(); before != passed_.rend(); ++before) {
    const uint32_t apart = last.place.position - before->place.position;
    if (apart >= kPairWindow || before->place.stretch != last.place.stretch) return;
    // Two forms at one position are not two words.
    if (apart == 0) continue;
    const uint16_t pair = PairOf(before->word, last.word);
    if (pair != kNoPair) ++counts_[pair];
  }
}

}  // namespace broadsheet::query
