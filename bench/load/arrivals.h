// SPDX-License-Identifier: GPL-3.0-or-later
// When the calls of an open loop are due.
#pragma once

#include <chrono>
#include <cstdint>
#include <random>

namespace broadsheet::bench {

enum class ArrivalKind : uint8_t {
  kConstant,  // evenly spaced
  kPoisson,   // as many independent readers arrive: gaps are distributed exponentially
};

// Not thread-safe. The same seed gives the same plan.
class Arrivals {
 public:
  // `per_second` is more than zero.
  Arrivals(ArrivalKind kind, double per_second, uint64_t seed)
      : kind_(kind), gap_(1.0 / per_second), random_(seed), exponential_(per_second) {}

  // When the next call is due, counted from the start of the run; never less than the one before.
  // The first call of a constant plan is due at once.
  std::chrono::nanoseconds Next();

 private:
  const ArrivalKind kind_;
  // In seconds.
  const double gap_;
  std::mt19937_64 random_;
  std::exponential_distribution<double> exponential_;
  uint64_t count_ = 0;
  double at_ = 0;
};

}  // namespace broadsheet::bench
