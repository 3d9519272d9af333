// SPDX-License-Identifier: GPL-3.0-or-later
// The sketch of a story: 126 small numbers by which stories that are alike find each other
// (engine/copies/sketch.h makes it). A band is three of the numbers; two stories that have a band
// in common are worth comparing.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace broadsheet::storage {

// Raised when the same text would give another sketch. Those of another version are not compared:
// readers find them blank.
inline constexpr uint8_t kSketchVersion = 2;

inline constexpr size_t kSketchBands = 42;
inline constexpr size_t kBandValues = 3;

// Band b has the values b, 42 + b and 84 + b. All zero = the story has no sketch, and no copies.
using CopySketch = std::array<uint8_t, kSketchBands * kBandValues>;

inline bool IsBlank(const CopySketch& sketch) {
  return std::all_of(sketch.begin(), sketch.end(), [](uint8_t value) { return value == 0; });
}

// The three values of a band, as one number.
inline uint32_t BandOf(const CopySketch& sketch, size_t band) {
  return sketch[band] | uint32_t{sketch[kSketchBands + band]} << 8 |
         uint32_t{sketch[2 * kSketchBands + band]} << 16;
}

// Whether a band of `a` equals the same band of `b`. Written for the compiler to compare many at
// once.
inline bool ShareBand(const CopySketch& a, const CopySketch& b) {
  uint8_t shared = 0;
  for (size_t band = 0; band < kSketchBands; ++band) {
    const int differs = (a[band] ^ b[band]) | (a[kSketchBands + band] ^ b[kSketchBands + band]) |
                        (a[2 * kSketchBands + band] ^ b[2 * kSketchBands + band]);
    shared = static_cast<uint8_t>(shared | static_cast<uint8_t>(differs == 0));
  }
  return shared != 0;
}

}  // namespace broadsheet::storage
