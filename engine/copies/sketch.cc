// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/copies/sketch.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>

namespace broadsheet::copies {
namespace {

constexpr size_t kBins = std::tuple_size_v<storage::CopySketch>;
constexpr uint32_t kEmpty = std::numeric_limits<uint32_t>::max();

// The bin that an empty one is to copy, at the n-th try: the same for all texts, so that two texts
// that lack the bin fill it alike ("optimal densification", Shrivastava 2017).
size_t LentBy(size_t bin, uint32_t attempt) {
  uint64_t number = (bin + 1) * 0x9e3779b97f4a7c15 + attempt * 0xd6e8feb86659fd93;
  number = (number ^ number >> 32) * 0xd6e8feb86659fd93;
  return static_cast<size_t>((number >> 32) * kBins >> 32);
}

}  // namespace

storage::CopySketch SketchOf(std::span<const uint64_t> shingles) {
  storage::CopySketch sketch{};
  if (shingles.empty()) return sketch;
  std::array<uint32_t, kBins> least;
  least.fill(kEmpty);
  for (const uint64_t shingle : shingles) {
    uint32_t& bin = least[(shingle >> 32) * kBins >> 32];
    bin = std::min(bin, static_cast<uint32_t>(shingle) & ~uint32_t{1});
  }
  for (size_t bin = 0; bin < kBins; ++bin) {
    size_t from = bin;
    for (uint32_t attempt = 0; least[from] == kEmpty; ++attempt) from = LentBy(bin, attempt);
    sketch[bin] = static_cast<uint8_t>(least[from] >> 1);
  }
  return sketch;
}

}  // namespace broadsheet::copies
