// SPDX-License-Identifier: GPL-3.0-or-later
// Adds to the score of an article that is about the same as the best hits, even if it uses other
// words than the query: Rocchio's feedback ("Relevance Feedback in Information Retrieval", 1971)
// over the vectors of articles (engine/weights/article_vectors.h).
//
//   1. The centroid is the mean of the vectors of the kTeachers best hits, weighted by a power of
//      their scores: where one hit is far better than the next, it alone is what was meant.
//   2. Each re-scored hit gains kCentroidWeight · (the best score) · (its vector · the centroid).
//
// Token runs suffice: no article is read. docs/relevance.md has what was measured.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/storage/base/token_run.h"
#include "engine/storage/base/vector_norms.h"
#include "engine/weights/article_vectors.h"
#include "engine/weights/code_slots.h"
#include "engine/weights/word_rarity.h"

namespace broadsheet::query {

// Found by measurement (docs/relevance.md).
inline constexpr size_t kTeachers = 4;
inline constexpr double kTeacherPower = 4;
inline constexpr double kCentroidWeight = 2;

// A vector and its share in a mean.
struct Teacher {
  std::span<const weights::VectorWord> vector;
  double share = 0;
};

// The weighted mean of some vectors, and how like it articles are. An article's vector is never
// made: one walk over its run counts the centroid's words, and the rest is in the vector's norm.
// Made for one search. Not thread-safe.
class Centroid {
 public:
  // The teachers' vectors are of `vectors`. All references must outlive the centroid. `slots` has
  // no code set, and has none again when the centroid is gone.
  Centroid(std::span<const Teacher> teachers, const weights::ArticleVectors& vectors,
           const weights::WordRarity& rarity, weights::CodeSlots& slots);
  ~Centroid();
  Centroid(const Centroid&) = delete;
  Centroid& operator=(const Centroid&) = delete;

  // The product of the centroid and the vector of the article with this run and norm: the sum over
  // common words of the product of both weights.
  double Times(const storage::TokenRun& run, const storage::VectorNorm& norm);

 private:
  // A word of the centroid. Its number is its slot.
  struct Word {
    uint32_t hash = 0;  // of its term
    double weight = 0;  // in the centroid, times √idf
  };

  void Add(const Teacher& teacher, const weights::ArticleVectors& vectors);
  void WeighByRarity(const weights::ArticleVectors& vectors);
  // The place in by_hash_ of the word, or the free one where it belongs.
  size_t PlaceOf(uint32_t hash) const;
  // Sets the codes of the article's rare words.
  void EnterRare(const storage::TokenRun& run);
  void LeaveRare();

  const weights::WordRarity& rarity_;
  weights::CodeSlots& slots_;
  std::vector<Word> words_;        // by slot; those below CodeSlots::kFirst are none
  std::vector<uint32_t> terms_;    // of the words, by slot
  std::vector<uint16_t> by_hash_;  // slots; a hash table of a size that is a power of two; 0: free
  std::vector<uint32_t> counts_;   // by slot: occurrences in the article, times field weight
  std::vector<uint16_t> counted_;  // the slots whose count is not 0
  std::vector<storage::RunCode> rare_codes_;  // those that are set for one article
};

}  // namespace broadsheet::query
