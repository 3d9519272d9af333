// SPDX-License-Identifier: GPL-3.0-or-later
// Finds a few words in token runs: which of them, if any, does a code stand for?
#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "engine/storage/base/token_run.h"

namespace broadsheet::query {

// Immutable once filled; safe to read from any thread.
class HashedWords {
 public:
  // Makes the hash of a term or an exact form (storage::HashTerm) stand for the word numbered
  // `word`. A hash may stand for several words, and a word may have several hashes. Call before the
  // first Find.
  void Add(uint32_t hash, uint32_t word);

  // (hash, word) pairs of the words that a code with this payload stands for.
  std::span<const std::pair<uint32_t, uint32_t>> Find(uint32_t payload) const {
    if (!seen_[payload % kSeenBits]) return {};
    return FindSeen(payload);
  }

 private:
  // Nearly every code of a run is none of the words; one bit shows this at once.
  static constexpr size_t kSeenBits = 4096;

  std::span<const std::pair<uint32_t, uint32_t>> FindSeen(uint32_t payload) const;

  std::bitset<kSeenBits> seen_;
  std::vector<std::pair<uint32_t, uint32_t>> words_;  // sorted
};

// The weight in the default search of the field that a field mark starts; 0 for any other value.
int WeightOfMark(uint32_t mark);

// A place in a run.
struct RunPlace {
  uint32_t position = 0;  // of the word, counted over the whole run
  uint32_t stretch = 0;   // the number of the field mark before it
  int field_weight = 0;   // in the default search
};

// Calls `found(word, place)` for every occurrence of a word in the fields of the default search,
// and returns the length of these fields in tokens, for schema::LengthNorm.
template <typename Found>
uint32_t FindWords(storage::TokenRun run, const HashedWords& words, Found found) {
  uint32_t length = 0;
  RunPlace place;
  bool started = false;
  for (const uint32_t code : run) {
    const storage::CodeKind kind = storage::KindOf(code);
    if (kind == storage::CodeKind::kExact) continue;
    if (kind == storage::CodeKind::kMark) {
      if (!storage::IsFieldMark(code)) continue;
      ++place.stretch;
      place.field_weight = WeightOfMark(code);
      continue;
    }
    if (place.field_weight == 0) continue;
    if (kind == storage::CodeKind::kWord) {
      place.position += started ? 1 : 0;
      started = true;
      ++length;
    }
    for (const auto& [hash, word] : words.Find(code & storage::kPayloadMask)) found(word, place);
  }
  return length;
}

}  // namespace broadsheet::query
