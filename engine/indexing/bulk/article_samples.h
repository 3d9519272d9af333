// SPDX-License-Identifier: GPL-3.0-or-later
// Draws an even sample from a stream of articles of unknown length, for training the article file's
// dictionary: reservoir sampling (Vitter's algorithm R) with a fixed seed, so that the same input
// gives the same dictionary.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace broadsheet::indexing {

// Not thread-safe.
class ArticleSamples {
 public:
  // Keeps at most `memory_bytes` of articles.
  explicit ArticleSamples(uint64_t memory_bytes);

  // Copies `serialized` if it is drawn.
  void Offer(std::string_view serialized);
  std::vector<std::string> Take() { return std::move(samples_); }

 private:
  const size_t capacity_;
  uint64_t offered_ = 0;
  std::mt19937_64 random_;
  std::vector<std::string> samples_;
};

}  // namespace broadsheet::indexing
