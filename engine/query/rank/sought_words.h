// SPDX-License-Identifier: GPL-3.0-or-later
// Looks for the words of a query in the token run of a hit, once for all that re-scoring asks of
// it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "engine/query/compile/ranked_word.h"
#include "engine/query/positions/word_codes.h"
#include "engine/storage/base/token_run.h"
#include "engine/weights/hashed_words.h"
#include "engine/weights/word_rarity.h"

namespace broadsheet::query {

// A word at a place of a run.
struct FoundWord {
  uint32_t word = 0;      // its number in SoughtWords
  uint32_t position = 0;  // counted over the fields of the default search
  uint32_t stretch = 0;   // the number of the text: two texts are never near each other
};

// A headline, tag or byline of a run: a text that a query may cover (schema::Field::cover).
struct CoverableText {
  double cover = 0;    // its field's
  double matched = 0;  // the idf of the query's words that it has, each once
  double rest = 0;     // the idf of its other words
};

// What a run has of a query.
struct RunWords {
  std::vector<FoundWord> occurrences;  // in the order of the run
  std::vector<double> typed;  // for each word: how often it has the typed form, times field weight
  std::vector<CoverableText> texts;
  double length_norm = 1;  // schema::LengthNorm
};

// Not thread-safe: it is about one run at a time.
class SoughtWords {
 public:
  struct Word {
    double idf = 0;
    double weight = 0;              // the idf, and more if the query has the word several times
    std::optional<uint32_t> typed;  // the hash of the typed form
  };

  // `words` are those of a query; those outside the default search are left out. Words with
  // the same terms become one. `articles` is the number of articles in the index.
  SoughtWords(const std::vector<RankedWord>& words, double articles, uint64_t token_seed);

  const std::vector<Word>& words() const { return words_; }
  // Numbers of words, as the query has them one after the other.
  const std::vector<uint32_t>& in_order() const { return in_order_; }

  // Replaces `found`.
  void FindIn(const storage::TokenRun& run, const weights::WordRarity& rarity, RunWords* found);

 private:
  std::vector<Word> words_;
  std::vector<uint32_t> in_order_;
  weights::HashedWords hashes_;
  WordCodes codes_;  // those of all the words
  storage::RunForms forms_;
};

}  // namespace broadsheet::query
