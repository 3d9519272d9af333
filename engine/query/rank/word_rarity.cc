// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/rank/word_rarity.h"

#include <utility>

#include "engine/query/match/bm25.h"
#include "engine/storage/base/token_run.h"
#include "engine/text/stop_words.h"

namespace broadsheet::query {

using storage::DocumentFrequencies;

HashedWords HashStopWords(text::Analyzer& analyzer, const std::vector<std::string>& languages,
                          uint64_t token_seed) {
  HashedWords hashes;
  for (const std::string& language : languages) {
    analyzer.Analyze(text::StopWordsOf(language), language, [&](const text::Token& token) {
      hashes.Add(storage::HashTerm(token.term, token_seed), 0);
      // Names are not stemmed.
      hashes.Add(storage::HashTerm(token.folded, token_seed), 0);
    });
  }
  return hashes;
}

WordRarity::WordRarity(std::shared_ptr<const DocumentFrequencies> frequencies, double articles,
                       const HashedWords& stop_words)
    : frequencies_(std::move(frequencies)), stop_words_(stop_words) {
  for (size_t level = 0; level < idfs_.size(); ++level) {
    idfs_[level] = Idf(DocumentFrequencies::CountOfLevel(level), articles);
  }
}

}  // namespace broadsheet::query
