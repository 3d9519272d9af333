// SPDX-License-Identifier: GPL-3.0-or-later
// BM25 (engine/weights/bm25.h) as Xapian's matcher is told to reckon it, over wdfs that have the
// length of the article in them (schema/term_weight.h).
#pragma once

#include <xapian.h>

#include "engine/schema/term_weight.h"
#include "engine/weights/bm25.h"

namespace broadsheet::query {

// The k1 passed to Xapian::BM25Weight, and the factor that brings its scores to the scale above.
inline constexpr double kFoldedK1 = schema::kWdfScale * weights::kK1;
inline constexpr double kScoreScale = (weights::kK1 + 1) / (kFoldedK1 + 1);

// What the matcher ranks by. The length is in the wdf already, so length normalisation (b) is off.
inline Xapian::BM25Weight FoldedWeight() { return {kFoldedK1, 0, 1, 0, 0.5}; }

// What FoldedWeight() gives to a term, for a posting source that has to weigh by itself.
inline double FoldedWeightOf(double idf, Xapian::termcount wdf) {
  return idf * (kFoldedK1 + 1) * wdf / (kFoldedK1 + wdf);
}

}  // namespace broadsheet::query
