// SPDX-License-Identifier: GPL-3.0-or-later
// How long something took, each time that it was done: counts in buckets, as Prometheus wants them.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

#include "absl/time/time.h"

namespace broadsheet::server {

// Safe from any thread. Locks nothing, so that it may be used at every search.
class Histogram {
 public:
  // Upper bounds in seconds, ascending; a last bucket holds what took longer than all of them.
  static constexpr std::array<double, 15> kBounds = {
      0.0001, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};

  struct Counts {
    std::array<uint64_t, kBounds.size() + 1> in_bucket = {};
    double sum_seconds = 0;
  };

  void Observe(absl::Duration took);

  // What was observed so far. An observation that is made meanwhile may be in the sum and not in
  // the buckets yet.
  Counts Read() const;

 private:
  std::array<std::atomic<uint64_t>, kBounds.size() + 1> in_bucket_ = {};
  std::atomic<uint64_t> sum_nanos_ = 0;
};

}  // namespace broadsheet::server
