// SPDX-License-Identifier: GPL-3.0-or-later
// Random choices that are the same on every machine: no distribution of the standard library, whose
// results are the library's own.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace broadsheet::query::invariants {

class Chance {
 public:
  explicit Chance(uint64_t seed) : random_(seed) {}

  // 0 to n - 1; n is not 0.
  size_t Below(size_t n) { return static_cast<size_t>(random_() % n); }
  bool OneIn(size_t n) { return Below(n) == 0; }
  // Words of a list are met as in texts: the first often, the last seldom.
  size_t OftenLow(size_t n) {
    const double share = static_cast<double>(Below(1U << 20)) / (1U << 20);
    return static_cast<size_t>(share * share * share * static_cast<double>(n));
  }
  uint64_t Seed() { return random_(); }

  template <typename List>
  const auto& Pick(const List& from) {
    return *(std::begin(from) + static_cast<std::ptrdiff_t>(Below(std::size(from))));
  }

 private:
  std::mt19937_64 random_;
};

}  // namespace broadsheet::query::invariants
