// SPDX-License-Identifier: GPL-3.0-or-later
// BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009) as
// this engine uses it, in Xapian's matcher (engine/query/match/folded_weight.h) and for re-scoring
// the best hits:
//
//   idf · (k1 + 1) · tf / (tf + k1 · n)
//
// where tf is the number of occurrences, each times its field's weight, and n is the length norm of
// schema/term_weight.h. Xapian sees tf / n as the wdf (times kWdfScale) and never a length.
#pragma once

#include <algorithm>
#include <cmath>

#include "engine/schema/term_weight.h"

namespace broadsheet::weights {

// How slowly repeated occurrences lose weight: the higher, the more the tenth mention still adds.
// Measured on four collections (docs/relevance.md): values from 2 to 4 are equally good.
inline constexpr double kK1 = 3;

// The idf, as in Xapian::BM25Weight, of a word that `articles_with` of `articles` have. Always
// positive: that of a word in more than a third of the articles is damped instead of becoming
// negative.
inline double Idf(double articles_with, double articles) {
  const double with = std::min(articles_with, articles);
  double odds = (articles - with + 0.5) / (with + 0.5);
  if (odds < 2) odds = odds * 0.5 + 1;
  return std::log(odds);
}

// From 0 (absent) towards k1 + 1; 1 for one occurrence in an article of typical length.
inline double Saturation(double tf, double length_norm) {
  return (kK1 + 1) * tf / (tf + kK1 * length_norm);
}

}  // namespace broadsheet::weights
