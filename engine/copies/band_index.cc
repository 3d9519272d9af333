// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/copies/band_index.h"

#include <algorithm>
#include <limits>

namespace broadsheet::copies {
namespace {

constexpr size_t kFirstHeads = 1 << 8;

}  // namespace

BandIndex::BandIndex()
    : heads_(storage::kSketchBands * kFirstHeads), heads_per_band_(kFirstHeads) {}

size_t BandIndex::SlotOf(size_t band, uint32_t values) const {
  const uint64_t spread = values * 0x9e3779b97f4a7c15;
  return band * heads_per_band_ + (static_cast<size_t>(spread >> 32) & (heads_per_band_ - 1));
}

void BandIndex::Hang(uint64_t number, Entry& entry) {
  constexpr uint64_t kFarthest = std::numeric_limits<uint32_t>::max();
  for (size_t band = 0; band < storage::kSketchBands; ++band) {
    uint64_t& head = heads_[SlotOf(band, storage::BandOf(entry.sketch, band))];
    // So far back it was forgotten long ago.
    entry.back[band] = static_cast<uint32_t>(std::min(number - head, kFarthest));
    head = number;
  }
}

uint64_t BandIndex::Add(const Article& article, const storage::CopySketch& sketch) {
  entries_.push_back({.article = article, .sketch = sketch, .back = {}});
  const uint64_t number = forgotten_ + entries_.size();
  if (heads_per_band_ < entries_.size()) {
    Grow();
  } else {
    Hang(number, entries_.back());
  }
  return number;
}

void BandIndex::Remove(uint64_t number) { EntryOf(number).removed = true; }

void BandIndex::ForgetOldest() {
  entries_.pop_front();
  ++forgotten_;
}

void BandIndex::Grow() {
  heads_per_band_ *= 4;
  heads_.assign(storage::kSketchBands * heads_per_band_, 0);
  for (size_t at = 0; at < entries_.size(); ++at) Hang(forgotten_ + at + 1, entries_[at]);
}

}  // namespace broadsheet::copies
