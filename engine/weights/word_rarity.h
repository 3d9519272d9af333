// SPDX-License-Identifier: GPL-3.0-or-later
// What any word of an article tells, found by its hash: ranking reads token runs, which have no
// terms.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/storage/base/document_frequencies.h"
#include "engine/storage/base/word_table.h"
#include "engine/text/analyzer.h"
#include "engine/weights/code_slots.h"
#include "engine/weights/hashed_words.h"

namespace broadsheet::weights {

// The hashes of the stop words of these languages, as the index has them.
HashedWords HashStopWords(text::Analyzer& analyzer, const std::vector<std::string>& languages,
                          uint64_t token_seed);

// What a searcher knows of the index's words and keeps from search to search. Not thread-safe.
class KnownWords {
 public:
  // `stop_words` are the hashes of those that tell nothing, each standing for any number.
  explicit KnownWords(HashedWords stop_words) : stop_words_(std::move(stop_words)) {}

  const HashedWords& stop_words() const { return stop_words_; }
  // Memory for one search at a time.
  CodeSlots& code_slots() { return code_slots_; }

  // The levels (DocumentFrequencies) of the terms of the frequent words, by their numbers in
  // `table`; kStopLevel for stop words. Counted anew when the frequencies are others than at the
  // last call.
  static constexpr uint8_t kStopLevel = storage::DocumentFrequencies::kLevels - 1;
  const std::vector<uint8_t>& LevelsOf(
      const std::shared_ptr<const storage::DocumentFrequencies>& frequencies,
      const storage::WordTable& table);

 private:
  HashedWords stop_words_;
  CodeSlots code_slots_;
  std::shared_ptr<const storage::DocumentFrequencies> frequencies_;
  std::vector<uint8_t> levels_;
};

// Made for one search; `known` and `table` must outlive it. Safe to read from any thread.
class WordRarity {
 public:
  // `articles` is the number of articles in the index.
  WordRarity(std::shared_ptr<const storage::DocumentFrequencies> frequencies, double articles,
             KnownWords& known, const storage::WordTable& table);

  // The idf (bm25.h) of the word with this hash; 0 for a stop word.
  double IdfOf(uint32_t hash) const {
    return stop_words_.Find(hash).empty() ? idfs_[frequencies_->LevelOf(hash)] : 0;
  }
  // The square root of the idf of a frequent word's term, by the term's number in the table.
  double RootOfIdf(uint32_t term) const { return roots_[term_levels_[term]]; }

  const storage::WordTable& table() const { return table_; }

 private:
  std::shared_ptr<const storage::DocumentFrequencies> frequencies_;
  const HashedWords& stop_words_;
  const storage::WordTable& table_;
  const std::vector<uint8_t>& term_levels_;
  std::array<double, storage::DocumentFrequencies::kLevels> idfs_;
  std::array<double, storage::DocumentFrequencies::kLevels> roots_;
};

}  // namespace broadsheet::weights
