// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/indexing/bulk/article_samples.h"

#include <algorithm>
#include <utility>

namespace broadsheet::indexing {
namespace {

// The first kilobytes of articles have most in common.
constexpr size_t kMaxSampleBytes = 8 << 10;
// Enough for a dictionary of some 100 KB; training time grows with it.
constexpr size_t kMaxSamples = 1000;

}  // namespace

ArticleSamples::ArticleSamples(uint64_t memory_bytes)
    : capacity_(std::clamp<uint64_t>(memory_bytes / kMaxSampleBytes, 1, kMaxSamples)) {}

void ArticleSamples::Offer(std::string_view serialized) {
  const uint64_t place = offered_ < capacity_ ? offered_ : random_() % (offered_ + 1);
  ++offered_;
  if (place >= capacity_) return;
  std::string sample(serialized.substr(0, kMaxSampleBytes));
  if (place == samples_.size()) {
    samples_.push_back(std::move(sample));
  } else {
    samples_[place] = std::move(sample);
  }
}

}  // namespace broadsheet::indexing
