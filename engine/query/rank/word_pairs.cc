// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/rank/word_pairs.h"

#include "engine/weights/bm25.h"

namespace broadsheet::query {

PairScorer::PairScorer(const SoughtWords& words)
    : word_count_(words.words().size()), numbers_(word_count_ * word_count_, kNoPair) {
  const std::vector<uint32_t>& in_order = words.in_order();
  for (size_t i = 1; i < in_order.size(); ++i) {
    const uint32_t a = in_order[i - 1];
    const uint32_t b = in_order[i];
    // A word makes no pair with itself.
    if (a != b) AddPair(a, b, words.words()[a].idf + words.words()[b].idf);
  }
}

void PairScorer::AddPair(uint32_t a, uint32_t b, double idf) {
  if (PairOf(a, b) == kNoPair) {
    PairOf(a, b) = PairOf(b, a) = static_cast<uint16_t>(pairs_.size());
    pairs_.emplace_back();
  }
  Pair& pair = pairs_[PairOf(a, b)];
  pair.idf += idf;
  (a < b ? pair.idf_in_order : pair.idf_reversed) += idf;
}

double PairScorer::Score(const RunWords& run) {
  if (!has_pairs()) return 0;
  for (Pair& pair : pairs_) pair.near = pair.close_in_order = pair.close_reversed = 0;
  for (size_t i = 1; i < run.occurrences.size(); ++i) CountPairs(run, i);
  double score = 0;
  for (const Pair& pair : pairs_) {
    if (pair.near == 0) continue;
    score += kWindowWeight * pair.idf * weights::Saturation(pair.near, run.length_norm) +
             kCloseWeight * pair.idf_in_order *
                 weights::Saturation(pair.close_in_order, run.length_norm) +
             kCloseWeight * pair.idf_reversed *
                 weights::Saturation(pair.close_reversed, run.length_norm);
  }
  return score;
}

// Counts the pairs that the occurrence numbered `last` makes with those before it.
void PairScorer::CountPairs(const RunWords& run, size_t last) {
  const FoundWord& second = run.occurrences[last];
  for (size_t before = last; before-- > 0;) {
    const FoundWord& first = run.occurrences[before];
    const uint32_t apart = second.position - first.position;
    if (apart >= kWindow || first.stretch != second.stretch) return;
    // Two forms at one position are not two words.
    const uint16_t number = apart == 0 ? kNoPair : PairOf(first.word, second.word);
    if (number == kNoPair) continue;
    Pair& pair = pairs_[number];
    ++pair.near;
    if (apart < kCloseWindow) {
      ++(first.word < second.word ? pair.close_in_order : pair.close_reversed);
    }
  }
}

}  // namespace broadsheet::query
