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

namespace broadsheet::weights {

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

// The row of the field that a field mark starts; for any other value one without weight and cover.
const schema::Field& TableFieldOf(storage::RunCode mark);

}  // namespace broadsheet::weights
