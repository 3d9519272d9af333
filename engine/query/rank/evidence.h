// SPDX-License-Identifier: GPL-3.0-or-later
// What a hit's token run tells about it beyond the BM25 of stems: whether it has the words in the
// form that was typed, and whether the query is its headline. Pure; safe from any thread.
#pragma once

#include "engine/query/rank/sought_words.h"

namespace broadsheet::query {

// Found by measurement (docs/relevance.md).
inline constexpr double kTypedFormWeight = 0.2;
inline constexpr double kCoverWeight = 2;

// kTypedFormWeight · the BM25 of the words in the form in which they were typed: of "Harris" and
// "Harry", which have one stem, `harris` prefers the first.
double ScoreTypedForms(const SoughtWords& words, const RunWords& run);

// kCoverWeight · the idf of the query · how far the query and a text of the article are the same
// words, squared. How far is the idf of the words that both have over the idf of those that either
// has (a weighted Jaccard index). The best of the article's headline, tags and bylines counts, each
// as its field says (schema::Field::cover).
double ScoreCover(const SoughtWords& words, const RunWords& run);

}  // namespace broadsheet::query
