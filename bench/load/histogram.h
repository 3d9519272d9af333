// SPDX-License-Identifier: GPL-3.0-or-later
// Counts how often something took how long, in a few kilobytes whatever the number of times.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace broadsheet::bench {

// Buckets are at most 1/64 as wide as what they hold, as those of HdrHistogram: a quantile is too
// long by 1.6 % at most. Not thread-safe: each thread fills its own, and they are merged.
class Histogram {
 public:
  struct Bucket {
    // What it holds took no longer.
    std::chrono::microseconds up_to;
    uint64_t count;
  };

  // Less than a microsecond counts as none, a negative time as well.
  void Record(std::chrono::nanoseconds took);
  void Merge(const Histogram& other);

  uint64_t count() const { return count_; }
  // The longest, exactly; zero when there is none.
  std::chrono::microseconds longest() const { return longest_; }
  // In microseconds; 0 when there is none.
  double mean() const;
  // The shortest time that at least `share` (0 to 1) of them did not exceed; zero when there is
  // none.
  std::chrono::microseconds Quantile(double share) const;
  // Those that hold anything, the shortest first.
  std::vector<Bucket> Buckets() const;

 private:
  static size_t IndexOf(uint64_t micros);
  static uint64_t UpperEnd(size_t index);

  std::vector<uint64_t> counts_;
  uint64_t count_ = 0;
  uint64_t sum_ = 0;
  std::chrono::microseconds longest_{0};
};

}  // namespace broadsheet::bench
