// SPDX-License-Identifier: GPL-3.0-or-later
// NEAR: chooses one place for each operand, none overlapping, so close together that fewer than
// `distance` words lie between. Exact, in time linear in the places: one sweep from left to right,
// a dynamic program over the sets of operands placed so far.
//
// Among all choices for a set of operands that end before here, one is enough to go on with: that
// with the largest credit, its first position plus the words that are the operands' own; for the
// gaps of a choice that ends at `last` are last + 1 - credit. The credits are kept one too large,
// so that 0 means there is none.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "absl/functional/function_ref.h"

namespace broadsheet::query {

// Positions [first, last] of a run, counted in words from 0 over the whole run.
struct Occurrence {
  uint32_t first = 0;
  uint32_t last = 0;
  auto operator<=>(const Occurrence&) const = default;
};

// Where an operand stands, and how many of the words there are its own (the rest is slop).
struct Place {
  Occurrence span;
  uint32_t words = 0;
  uint32_t operand = 0;
};

// Not thread-safe: keeps scratch memory.
class NearSweep {
 public:
  // No limit: everything that Matches() is given is near.
  static constexpr uint32_t kAnyDistance = UINT32_MAX;
  // What `poll` of a long sweep is told: steps done since the last call. It may throw.
  using Poll = absl::FunctionRef<void(size_t steps)>;

  // 2 to 8 operands. `ordered`: in the order of their numbers.
  NearSweep(size_t operands, uint32_t distance, bool ordered);

  // `places` are of all operands, sorted by span.first.
  bool Matches(std::span<const Place> places, Poll poll);

  // Appends the spans that take part in a match, in the order of `places`. Of a text with more
  // places than highlights can use, those behind the first kMostCredits / 2^(operands - 1) are left
  // out.
  void FindParts(std::span<const Place> places, Poll poll, std::vector<Occurrence>* parts);
  static constexpr size_t kMostCredits = size_t{4} << 20;

 private:
  using Credit = uint32_t;
  // A place whose end has not been passed. Its row has the credits of the sets it can follow.
  struct Open {
    uint32_t last;
    uint32_t place;
    uint32_t row;
    bool operator>(const Open& other) const { return last > other.last; }
  };

  bool IsNear(uint64_t last, uint64_t credit) const { return last + 2 < credit + distance_; }
  // Calls `visit(place, row)` for each place until it is false. With `keep`, rows_ has afterwards
  // the rows of all places in their order; else rows are used again.
  template <typename Visit>
  void Sweep(std::span<const Place> places, bool keep, Poll poll, Visit visit);
  // Takes the places that end before `position` into best_.
  void CloseBefore(uint32_t position, std::span<const Place> places, bool keep);
  uint32_t TakeRow();
  // Right to left: the positions counted from the last one, and the operands too if ordered.
  std::vector<Place> Mirrored(std::span<const Place> places, const std::vector<uint32_t>& order,
                              uint32_t end) const;

  uint64_t distance_;
  bool ordered_;
  uint32_t all_;  // the set of all operands, a bit each
  // By operand: the sets that may be placed before it, ascending; a row has one credit for each.
  std::vector<std::vector<uint32_t>> before_;
  size_t row_size_;
  std::vector<Credit> best_;  // by set
  std::vector<Open> open_;    // a heap, the first to end on top
  std::vector<Credit> rows_;
  std::vector<uint32_t> free_rows_;
};

}  // namespace broadsheet::query
