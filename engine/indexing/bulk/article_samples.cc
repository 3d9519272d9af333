// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/indexing/bulk/article_samples.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "engine/storage/base/article_wire.h"
#include "engine/text/utf8.h"

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
  std::optional<storage::SplitArticle> split = storage::SplitBody(serialized);
  if (!split) return;
  std::string body(text::PrefixOf(split->body, kMaxSampleBytes));
  split->card.resize(std::min(split->card.size(), kMaxSampleBytes));
  if (place == sample_.cards.size()) {
    sample_.cards.push_back(std::move(split->card));
    sample_.bodies.push_back(std::move(body));
  } else {
    sample_.cards[place] = std::move(split->card);
    sample_.bodies[place] = std::move(body);
  }
}

}  // namespace broadsheet::indexing
