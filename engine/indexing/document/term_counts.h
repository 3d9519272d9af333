// SPDX-License-Identifier: GPL-3.0-or-later
// Counts the terms of one article at a time: a hash table that can be filled with some hundred
// terms and emptied ten thousand times a second.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace broadsheet::indexing {

// Not thread-safe. Keeps its memory when it is cleared.
class TermCounts {
 public:
  struct Entry {
    uint64_t hash;    // XXH3 of the term
    uint32_t offset;  // of the term in the arena
    uint32_t bytes;
    uint32_t tf;  // sum of the added `tf`
  };

  // Terms are hashed with the seed.
  explicit TermCounts(uint64_t seed);

  // Adds `tf` to the term, which is copied when it is new. The reference is valid until the next
  // Add.
  Entry& Add(std::string_view term, uint32_t tf);

  // All entries, in bytewise order of their terms. Entries and terms are valid until the next Add
  // or Clear.
  const std::vector<const Entry*>& Sorted();
  std::string_view TermOf(const Entry& entry) const {
    return {arena_.data() + entry.offset, entry.bytes};
  }

  void Clear();

 private:
  void Grow();

  const uint64_t seed_;
  std::string arena_;
  std::vector<Entry> entries_;
  // Open addressing, linear probing; index of the entry plus one, 0 = free. Size a power of two.
  std::vector<uint32_t> table_;
  std::vector<const Entry*> sorted_;
  std::vector<std::pair<uint64_t, const Entry*>> by_prefix_;
};

}  // namespace broadsheet::indexing
