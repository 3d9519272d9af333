// SPDX-License-Identifier: GPL-3.0-or-later
// Adds to the score of an article that is about the same as the best hits, even if it uses other
// words than the query: Rocchio's feedback ("Relevance Feedback in Information Retrieval", 1971)
// over vectors of unit length, as in Salton and Buckley, "Term-Weighting Approaches in Automatic
// Text Retrieval" (1988).
//
//   1. An article's vector has for each word √idf · Saturation(occurrences times field weight).
//   Stop
//      words are left out, and its length is 1.
//   2. The centroid is the mean of the vectors of the kTeachers best hits, weighted by a power of
//      their scores: where one hit is far better than the next, it alone is what was meant.
//   3. Each re-scored hit gains kCentroidWeight · (the best score) · (its vector · the centroid).
//
// Token runs suffice: no article is read. docs/relevance.md has what was measured.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/query/rank/word_rarity.h"
#include "engine/storage/base/run_packer.h"
#include "engine/storage/base/token_run.h"

namespace broadsheet::query {

// Found by measurement (docs/relevance.md).
inline constexpr size_t kTeachers = 4;
inline constexpr double kTeacherPower = 4;
inline constexpr double kCentroidWeight = 2;

// A word of an article's vector, or of a centroid.
struct VectorWord {
  // The number of its term: in the generation's word table, or behind those by ArticleVectors.
  uint32_t term = 0;
  float weight = 0;
};

// Makes the vectors of articles. Not thread-safe: keeps scratch memory.
class ArticleVectors {
 public:
  explicit ArticleVectors(const WordRarity& rarity);

  // Adds the vector of the article with this run, of its first words if it is long: the subject of
  // an article is clear from its beginning.
  void Add(const storage::TokenRun& run);

  size_t size() const { return ends_.size(); }
  // The hash of a term by its number.
  uint32_t HashOf(uint32_t term) const;
  // The vector of the article that was added as number `i`. Valid until the next Add.
  std::span<const VectorWord> operator[](size_t i) const;

 private:
  // Where a word of the article that is being read stands in words_.
  struct Slot {
    uint32_t article = 0;  // the slot is free if this is another one
    uint32_t word = 0;
  };

  // Fills rare_terms_.
  void NumberRare(const storage::TokenRun& run);
  // kNoTerm in a damaged run.
  uint32_t TermAt(const storage::TokenRun& run, size_t at) const;
  void Count(uint32_t term, int weight);
  void Weigh(size_t begin, uint32_t length);
  double RootOfIdf(uint32_t term) const;

  const WordRarity& rarity_;
  std::vector<VectorWord> words_;  // one article after the other
  std::vector<size_t> ends_;
  std::vector<Slot> slots_;
  std::vector<uint32_t> rare_terms_;  // of the article that is being read, by place
  storage::FormNumbers new_terms_;    // those that the table lacks: a hash each
};

// A weighted mean of vectors. Immutable once filled.
class Centroid {
 public:
  // Holds up to `words` words.
  explicit Centroid(size_t words);

  void Add(std::span<const VectorWord> vector, double weight);
  // The sum over common words of the product of both weights.
  double Times(std::span<const VectorWord> vector) const;

 private:
  // The slot of the term, or the free one where it belongs.
  size_t SlotOf(uint32_t term) const;

  std::vector<VectorWord> slots_;  // a weight of 0: free
};

}  // namespace broadsheet::query
