// SPDX-License-Identifier: GPL-3.0-or-later
// Gathers and sorts records in memory: one run of an external sort before it is written.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "engine/indexing/sort/run_file.h"

namespace broadsheet::indexing {

// Not thread-safe. Keeps its memory when it is cleared.
class SortBuffer {
 public:
  // `chunk_bytes` is the unit of allocation; a longer record gets a chunk of its own.
  explicit SortBuffer(size_t chunk_bytes) : chunk_bytes_(chunk_bytes) {}

  // Copies the record.
  void Add(const Record& record);
  // Sorts by key, bytewise; equal keys in the order in which they were added.
  void Sort();
  void Clear();

  size_t size() const { return entries_.size(); }
  bool empty() const { return entries_.empty(); }
  // Memory in use, the index of records included.
  size_t bytes() const { return used_bytes_ + entries_.size() * sizeof(Entry); }
  Record operator[](size_t index) const;

 private:
  struct Entry {
    // The key's first eight bytes as a number that orders like them: most comparisons end here.
    uint64_t prefix;
    const char* data;
    uint32_t key_bytes;
    uint32_t payload_bytes;
    uint32_t ordinal;
  };
  struct Chunk {
    std::unique_ptr<char[]> data;
    size_t capacity = 0;
    size_t used = 0;
  };

  char* Allocate(size_t bytes);

  const size_t chunk_bytes_;
  std::vector<Chunk> chunks_;
  size_t current_ = 0;
  size_t used_bytes_ = 0;
  std::vector<Entry> entries_;
};

}  // namespace broadsheet::indexing
