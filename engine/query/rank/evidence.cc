// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/rank/evidence.h"

#include <algorithm>
#include <cstddef>

#include "engine/weights/bm25.h"

namespace broadsheet::query {

double ScoreTypedForms(const SoughtWords& words, const RunWords& run) {
  double score = 0;
  for (size_t i = 0; i < run.typed.size(); ++i) {
    if (run.typed[i] == 0) continue;
    score += words.words()[i].weight * weights::Saturation(run.typed[i], run.length_norm);
  }
  return kTypedFormWeight * score;
}

double ScoreCover(const SoughtWords& words, const RunWords& run) {
  double sought = 0;
  for (const SoughtWords::Word& word : words.words()) sought += word.weight;
  double best = 0;
  for (const CoverableText& text : run.texts) {
    if (text.matched == 0) continue;
    const double same = text.matched / (sought + text.rest);
    best = std::max(best, text.cover * same * same);
  }
  return kCoverWeight * sought * best;
}

}  // namespace broadsheet::query
