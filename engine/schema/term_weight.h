// SPDX-License-Identifier: GPL-3.0-or-later
// The wdf ("within-document frequency") of terms in this index: BM25's term frequency, already
// divided by the length norm, so that a search need not fetch lengths.
//
// BM25 weighs a term by tf / (tf + k1·n), n = (1 - b) + b·length / average length, which equals
// (tf/n) / ((tf/n) + k1). So wdf = round(S · tf / n) is stored, and searched with k1' = S · k1 and
// length normalisation off. The average length is a constant, so an article's terms never depend on
// the articles around it. Measured: the same ten best for 99.4 % of queries, 2.3 to 2.6 times as
// fast (docs/performance.md).
//
// Everything here belongs to text::kAnalyzerVersion: raise that with any change.
#pragma once

#include <cmath>
#include <cstdint>

namespace broadsheet::schema {

// S: wdf units of one occurrence in an article of average length. At 40 the rounding changes the
// best hit of 0.7 % of queries, at 16 of 2 %; larger numbers take more bytes.
inline constexpr double kWdfScale = 40;
// b: how much of the length counts, 0 none, 1 all. Measured (docs/relevance.md): .5 to .75 will do.
inline constexpr double kLengthShare = 0.6;
// L: the length that counts as average, in tokens of the default search's fields: a news article.
inline constexpr double kTypicalLength = 400;

// n above. `length` is in tokens.
inline double LengthNorm(uint32_t length) {
  return (1 - kLengthShare) + kLengthShare * static_cast<double>(length) / kTypicalLength;
}

// `tf` is the sum of field weight times occurrences. At least 1, so that a term is never lost in a
// long article.
inline uint32_t TermWdf(uint32_t tf, double length_norm) {
  const double wdf = std::round(kWdfScale * static_cast<double>(tf) / length_norm);
  return wdf < 1 ? 1 : static_cast<uint32_t>(wdf);
}

}  // namespace broadsheet::schema
