// SPDX-License-Identifier: GPL-3.0-or-later
// Articles as vectors of words, as in Salton and Buckley, "Term-Weighting Approaches in Automatic
// Text Retrieval" (1988): for each word √idf · Saturation(occurrences times field weight). Stop
// words are left out, and the vector's length is 1.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/storage/base/run_packer.h"
#include "engine/storage/base/token_run.h"
#include "engine/storage/base/vector_norms.h"
#include "engine/weights/word_rarity.h"

namespace broadsheet::weights {

// Of an article's rare words, those of the first places count in its vector. A run has more of them
// only in a long list of names.
inline constexpr uint32_t kMostRareInVector = storage::kShortRare;

// How many words of an article are read for its vector: the subject of an article is clear from its
// beginning.
inline constexpr uint32_t kWordsRead = 1500;

// A term of a text that is in no index, and how often it is there.
struct CountedTerm {
  uint32_t hash = 0;   // storage::HashTerm
  uint32_t count = 0;  // occurrences, each times its field's weight
};

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

  // Adds the vector of the article with this run, of its first words if it is long. Returns the
  // vector's norm.
  storage::VectorNorm Add(const storage::TokenRun& run);
  // The same for a text that has no run. Each term is there once; `length` is that of the text in
  // words, at most kWordsRead.
  void AddCounts(std::span<const CountedTerm> terms, uint32_t length);
  // Forgets all vectors.
  void Clear();

  size_t size() const { return ends_.size(); }
  // The hash of a term by its number.
  uint32_t HashOf(uint32_t term) const;
  // The square root of the idf of a term by its number.
  double RootOfIdf(uint32_t term) const;
  // The vector of the article that was added as number `i`. Valid until the next Add.
  std::span<const VectorWord> operator[](size_t i) const;

 private:
  // Where a word of the article that is being read stands in words_.
  struct Slot {
    uint32_t article = 0;  // the slot is free if this is another one
    uint32_t term = 0;
    uint32_t word = 0;
  };

  // The number of a term, a new one if it has none.
  uint32_t NumberOf(uint32_t hash);
  // Fills rare_terms_.
  void NumberRare(const storage::TokenRun& run);
  // kNoTerm in a damaged run.
  uint32_t TermAt(const storage::TokenRun& run, size_t at) const;
  void Count(uint32_t term, int weight);
  // Turns the counts of the words from `begin` on into weights. Returns VectorNorm::unit.
  float Weigh(size_t begin, uint32_t length);

  const WordRarity& rarity_;
  std::vector<VectorWord> words_;  // one article after the other
  std::vector<size_t> ends_;
  uint32_t articles_ = 0;  // that were ever added
  std::vector<Slot> slots_;
  std::vector<uint32_t> rare_terms_;  // of the article that is being read, by place
  storage::FormNumbers new_terms_;    // those that the table lacks: a hash each
};

}  // namespace broadsheet::weights
