// SPDX-License-Identifier: GPL-3.0-or-later
// Makes sketches by one-permutation MinHash: the shingles are dealt into 126 bins, and of the least
// number in each bin 8 bits are kept. The share of equal values is about the share of shingles that
// two stories have in common: with 42 bands of three, a pair of which .3 is common shares a band in
// .68 of cases, of .4 in .94, of .5 in .996.
#pragma once

#include <cstdint>
#include <span>

#include "engine/storage/copies/copy_sketch.h"

namespace broadsheet::copies {

// Order and repetition of `shingles` do not matter. Blank for a text without shingles.
storage::CopySketch SketchOf(std::span<const uint64_t> shingles);

}  // namespace broadsheet::copies
