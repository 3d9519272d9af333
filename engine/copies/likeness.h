// SPDX-License-Identifier: GPL-3.0-or-later
// How much of two texts is common, the rule by which one is a copy of the other, and which of many
// an article tells the same as.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
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

// An article that another one is compared with.
struct Neighbour {
  Likeness likeness;
  Sources sources = Sources::kDifferent;
};

// The place of the neighbour whose story an article tells: of those that it is a copy of the one
// that it is most like, the foremost of equals. nullopt when it is a copy of none.
std::optional<size_t> FindNearest(std::span<const Neighbour> neighbours);

// Of a story's articles, the one that is nearest to another need not be the first. So that stories
// do not drift from copy to copy, each has to be half as like the first as a copy is.
inline constexpr double kLeastResemblanceToFirst = kLeastResemblance / 2;

// A source tells a story once, and fills the same form for the next town. So where an article is to
// join the story of its nearest, which another source printed, articles of its own source that
// stand there and are no copies of it are rivals: of them all only the one that is most like the
// nearest stays, and of equals the one that was there.
bool IsRival(const Neighbour& neighbour);
bool LeavesNoRoom(const Likeness& rival_and_nearest, const Likeness& own_and_nearest);

// Articles of one story that another is compared with: the first so many. Where hundreds of papers
// print a story, all pairs would take too long.
inline constexpr size_t kMostCompared = 32;

}  // namespace broadsheet::copies
