// SPDX-License-Identifier: GPL-3.0-or-later
// What a searcher thread keeps between requests.
#pragma once

#include <cstdint>

#include "engine/query/complete/visible_vocabulary.h"
#include "engine/query/syntax/synonyms.h"
#include "engine/storage/live/snapshot.h"
#include "engine/text/analyzer.h"
#include "engine/weights/word_rarity.h"

namespace broadsheet::query {

struct SearchContext {
  storage::Snapshot& snapshot;
  text::Analyzer& analyzer;
  weights::KnownWords& known_words;
  VisibleVocabulary& vocabulary;
  const Synonyms* synonyms = nullptr;  // null = there are none

  const storage::Manifest& manifest() const { return snapshot.generation().manifest(); }
  // A limit that no count reaches.
  uint32_t EveryArticle() const { return snapshot.both().get_doccount() + 1; }
};

}  // namespace broadsheet::query
