// SPDX-License-Identifier: GPL-3.0-or-later
// Counts in how many articles each word stands, as it is written: what base/words lists
// (engine/storage/vocabulary/word_list.h).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "absl/time/time.h"
#include "broadsheet/v1/article.pb.h"
#include "engine/text/token.h"

namespace broadsheet::indexing {

// Not thread-safe.
class WordCounts {
 public:
  // `now` is when the build began: words of articles that are withheld then are not counted.
  explicit WordCounts(absl::Time now) : now_(now) {}

  // The tokens that follow are of `article`. False for one whose words are not counted.
  bool Start(const v1::Article& article);
  // Passes over further forms of a word, and what storage::MayBeListed() rules out.
  void Add(const text::Token& token);

  // About how much memory the words take.
  size_t bytes() const { return bytes_; }
  // Calls `visit(folded, written, articles)` for each word, in no order.
  template <typename Visit>
  void ForEach(Visit visit) const {
    for (const auto& [written, word] : words_) {
      visit(word.folded.empty() ? written : word.folded, written, word.articles);
    }
  }
  // Forgets all words.
  void Clear();

 private:
  struct Word {
    std::string folded;  // empty where the word is written so
    uint32_t articles = 0;
    uint64_t last_article = 0;
  };

  const absl::Time now_;
  absl::flat_hash_map<std::string, Word> words_;
  uint64_t article_ = 1;
  size_t bytes_ = 0;
};

}  // namespace broadsheet::indexing
