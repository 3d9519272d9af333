// SPDX-License-Identifier: GPL-3.0-or-later
// Draws an even sample from a stream of articles of unknown length, for training the
// dictionaries and counting words: reservoir sampling (Vitter's algorithm R) with a fixed seed, so
// that the same input gives the same dictionary.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>

#include "engine/storage/base/split_articles.h"

namespace broadsheet::indexing {

// Not thread-safe.
class ArticleSamples {
 public:
  // Keeps at most `memory_bytes` of articles.
  explicit ArticleSamples(uint64_t memory_bytes);

  // Copies `serialized` if it is drawn.
  void Offer(std::string_view serialized);
  storage::ArticleSample Take() { return std::move(sample_); }

 private:
  const size_t capacity_;
  uint64_t offered_ = 0;
  std::mt19937_64 random_;
  storage::ArticleSample sample_;
};

}  // namespace broadsheet::indexing
