// SPDX-License-Identifier: GPL-3.0-or-later
// How many documents have a word, looked up by the hash under which token runs hold it. Xapian
// knows document frequencies by term only, and a token run has no terms.
#pragma once

#include <xapian.h>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace broadsheet::storage {

// Immutable; safe from any thread. Takes 10 to 20 bytes for each word that several documents have.
class DocumentFrequencies {
 public:
  // A frequency is stored as its logarithm: level l stands for 2^((l - 1) / 8) documents, so it is
  // at most 4.5 % off. Level 0 is that of a word that one document has, or none.
  static constexpr size_t kLevels = 256;
  static double CountOfLevel(size_t level);

  DocumentFrequencies() = default;
  // Walks over the words of the default search, that is the terms without a prefix. Throws what
  // Xapian throws.
  DocumentFrequencies(const Xapian::Database& database, uint64_t token_seed);

  // The level of the word with this hash (HashTerm).
  uint8_t LevelOf(uint32_t hash) const {
    if (hashes_.empty()) return 0;
    return levels_[SlotOf(hash)];
  }

 private:
  // The slot of the word, or the free one where it belongs.
  size_t SlotOf(uint32_t hash) const {
    size_t slot = hash & (hashes_.size() - 1);
    while (levels_[slot] != 0 && hashes_[slot] != hash) slot = (slot + 1) & (hashes_.size() - 1);
    return slot;
  }

  // A hash table with linear probing, of a size that is a power of two; level 0: free.
  std::vector<uint32_t> hashes_;
  std::vector<uint8_t> levels_;
};

}  // namespace broadsheet::storage
