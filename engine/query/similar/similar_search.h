// SPDX-License-Identifier: GPL-3.0-or-later
// Finds the articles that are most like some given ones, or a text.
//
//   1. The seeds' words make a vector each (engine/weights/article_vectors.h); their mean is what
//   is
//      looked for.
//   2. The words that weigh most in it are searched for, any of them being enough, each as much as
//      it weighs there.
//   3. The best of these are ordered by the product of their vector and the mean.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/query/compile/filters.h"
#include "engine/query/match/match_context.h"
#include "engine/query/similar/seed_text.h"
#include "engine/weights/word_rarity.h"

namespace broadsheet::query {

// So many words are searched for: more cost more and find little else.
inline constexpr size_t kSimilarWords = 48;
// So many articles are compared with the seeds, and at most so many can be answered.
inline constexpr uint32_t kMostCompared = 100;

// What is looked for. All references must outlive the search.
struct SimilarQuery {
  const std::vector<SeedText>& seeds;        // at least one
  const std::vector<std::string>& left_out;  // ids: the seeds' own, and those of their copies
  const Xapian::Query& filter;               // with only released articles
  weights::KnownWords& known_words;
  uint32_t count = 0;  // up to kMostCompared
};

struct SimilarArticle {
  storage::DocRef doc;
  double likeness = 0;  // from 0, no common word, to 1, the same words as often
};

struct SimilarArticles {
  std::vector<SimilarArticle> articles;  // most like first
  // The words of the seeds, as written there, that weigh most of those that any of the articles
  // has: up to kShownWords.
  std::vector<std::string> words;
};

inline constexpr size_t kShownWords = 10;

// Throws what Xapian and the deadline throw.
SimilarArticles FindSimilar(MatchContext& context, const SimilarQuery& query);

}  // namespace broadsheet::query
