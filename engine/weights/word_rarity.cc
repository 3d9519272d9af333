// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/weights/word_rarity.h"

#include <cmath>
#include <utility>

#include "engine/storage/base/token_run.h"
#include "engine/text/stop_words.h"
#include "engine/weights/bm25.h"

namespace broadsheet::weights {

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

const std::vector<uint8_t>& KnownWords::LevelsOf(
    const std::shared_ptr<const DocumentFrequencies>& frequencies,
    const storage::WordTable& table) {
  if (frequencies == frequencies_ && levels_.size() == table.term_count()) return levels_;
  frequencies_ = frequencies;
  levels_.clear();
  for (uint32_t term = 0; term < table.term_count(); ++term) {
    const uint32_t hash = table.HashOfTerm(term);
    levels_.push_back(stop_words_.Find(hash).empty() ? frequencies->LevelOf(hash) : kStopLevel);
  }
  return levels_;
}

WordRarity::WordRarity(std::shared_ptr<const DocumentFrequencies> frequencies, double articles,
                       KnownWords& known, const storage::WordTable& table)
    : frequencies_(std::move(frequencies)),
      stop_words_(known.stop_words()),
      table_(table),
      term_levels_(known.LevelsOf(frequencies_, table)) {
  for (size_t level = 0; level < idfs_.size(); ++level) {
    idfs_[level] = level == KnownWords::kStopLevel
                       ? 0
                       : Idf(DocumentFrequencies::CountOfLevel(level), articles);
    roots_[level] = std::sqrt(idfs_[level]);
  }
}

}  // namespace broadsheet::weights
