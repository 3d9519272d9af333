// SPDX-License-Identifier: GPL-3.0-or-later
// How much of two texts is common, and the rule by which one is a copy of the other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace broadsheet::copies {

struct Likeness {
  size_t shared = 0;   // shingles that are in both
  size_t shorter = 0;  // shingles of the text that has fewer
  size_t longer = 0;

  // Jaccard's measure: shared shingles / shingles of either; from 0 to 1.
  double resemblance() const;
  // Shared shingles / shingles of the shorter text; from 0 to 1.
  double containment() const;
};

// Both ascending, each shingle once.
Likeness Compare(std::span<const uint64_t> a, std::span<const uint64_t> b);

// Texts that are shorter than this are copies only if they are equal.
inline constexpr size_t kFewestShingles = 40;
inline constexpr double kLeastResemblance = 0.5;
// For texts that are cut.
inline constexpr double kLeastContainment = 0.8;

// Whether two articles have the same source; an article that states none has the same as another
// that states none.
enum class Sources : uint8_t { kDifferent, kSame };

// One source fills forms of its own: the same grant for the next county, the same market on the
// next day. So of articles of one source nearly all has to be equal.
inline constexpr double kLeastResemblanceWithin = 0.8;
inline constexpr double kLeastContainmentWithin = 0.97;

bool AreCopies(const Likeness& likeness, Sources sources);

}  // namespace broadsheet::copies
