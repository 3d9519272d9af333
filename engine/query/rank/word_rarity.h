// SPDX-License-Identifier: GPL-3.0-or-later
// What any word of an article tells, found by its hash: ranking reads token runs, which have no
// terms.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/query/positions/hashed_words.h"
#include "engine/storage/base/document_frequencies.h"
#include "engine/text/analyzer.h"

namespace broadsheet::query {

// The hashes of the stop words of these languages, as the index has them.
HashedWords HashStopWords(text::Analyzer& analyzer, const std::vector<std::string>& languages,
                          uint64_t token_seed);

// Made for one search; `stop_words` must outlive it. Safe to read from any thread.
class WordRarity {
 public:
  // `articles` is the number of articles in the index; `stop_words` has the hashes of those that
  // tell nothing, each standing for any number.
  WordRarity(std::shared_ptr<const storage::DocumentFrequencies> frequencies, double articles,
             const HashedWords& stop_words);

  // The idf (bm25.h) of the word with this hash; 0 for a stop word.
  double IdfOf(uint32_t hash) const {
    return stop_words_.Find(hash).empty() ? idfs_[frequencies_->LevelOf(hash)] : 0;
  }

 private:
  std::shared_ptr<const storage::DocumentFrequencies> frequencies_;
  const HashedWords& stop_words_;
  std::array<double, storage::DocumentFrequencies::kLevels> idfs_;
};

}  // namespace broadsheet::query
