// SPDX-License-Identifier: GPL-3.0-or-later
// NEAR: chooses one place for each operand, without overlaps, so close together that fewer than
// `distance` words lie between. Exact, in time linear in the number of places: one sweep from left
// to right, a dynamic program over the sets of operands placed so far.
//
// Among all choices for a set of operands that end before the current position, only the one with
// the largest credit is needed. The credit is the first position of a choice plus the number of
// words in its operands; a choice that ends at `last` has last + 1 - credit words in its gaps.
// Credits are stored one too large, so that 0 means that there is no choice.
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

// An occurrence of an operand, and how many of the words in it belong to the operand (the others
// are slop).
struct Place {
  Occurrence span;
  uint32_t words = 0;
  uint32_t operand = 0;
};

// Not thread-safe: keeps scratch memory.
class NearSweep {
 public:
  // No limit: all places given to Matches() are near.
  static constexpr uint32_t kAnyDistance = UINT32_MAX;
  // Called during a long sweep with the number of steps since the last call. May throw.
  using Poll = absl::FunctionRef<void(size_t steps)>;

  // 2 to 8 operands. `ordered`: in the order of their numbers.
  NearSweep(size_t operands, uint32_t distance, bool ordered);

  // `places` are those of all operands, sorted by span.first.
  bool Matches(std::span<const Place> places, Poll poll);

  // Appends the spans that take part in a match, in the order of `places`. Ignores places after the
  // first kMostCredits / 2^(operands - 1), which are more than highlights can use.
  void FindParts(std::span<const Place> places, Poll poll, std::vector<Occurrence>* parts);
  static constexpr size_t kMostCredits = size_t{4} << 20;

 private:
  using Credit = uint32_t;
  // A place whose end the sweep has not passed. Its row has the credits of the sets that it can
  // follow.
  struct Open {
    uint32_t last;
    uint32_t place;
    uint32_t row;
    bool operator>(const Open& other) const { return last > other.last; }
  };

  bool IsNear(uint64_t last, uint64_t credit) const { return last + 2 < credit + distance_; }
  // Calls `visit(place, row)` for each place until it returns false. With `keep`, rows_ holds the
  // rows of all places in their order afterwards; else rows are reused.
  template <typename Visit>
  void Sweep(std::span<const Place> places, bool keep, Poll poll, Visit visit);
  // Takes the places that end before `position` into best_.
  void CloseBefore(uint32_t position, std::span<const Place> places, bool keep);
  uint32_t TakeRow();
  // The places for a sweep from right to left: positions, and operands if ordered, counted from the
  // last.
  std::vector<Place> Mirrored(std::span<const Place> places, const std::vector<uint32_t>& order,
                              uint32_t end) const;

  uint64_t distance_;
  bool ordered_;
  uint32_t all_;  // the set of all operands, a bit each
  // By operand: the sets that may be placed before it, ascending; a row has one credit for each.
  std::vector<std::vector<uint32_t>> before_;
  size_t row_size_;
  std::vector<Credit> best_;  // by set
  std::vector<Open> open_;    // a heap; the place that ends first is on top
  std::vector<Credit> rows_;
  std::vector<uint32_t> free_rows_;
};

}  // namespace broadsheet::query
