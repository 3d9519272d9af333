// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/figures/histogram.h"

#include <algorithm>

namespace broadsheet::server {

void Histogram::Observe(absl::Duration took) {
  const absl::Duration counted = std::max(took, absl::ZeroDuration());
  const auto* const bound =
      std::lower_bound(kBounds.begin(), kBounds.end(), absl::ToDoubleSeconds(counted));
  const auto bucket = static_cast<size_t>(bound - kBounds.begin());
  in_bucket_.at(bucket).fetch_add(1, std::memory_order_relaxed);
  sum_nanos_.fetch_add(static_cast<uint64_t>(absl::ToInt64Nanoseconds(counted)),
                       std::memory_order_relaxed);
}

Histogram::Counts Histogram::Read() const {
  Counts counts;
  for (size_t i = 0; i < in_bucket_.size(); ++i) {
    counts.in_bucket.at(i) = in_bucket_.at(i).load(std::memory_order_relaxed);
  }
  counts.sum_seconds = static_cast<double>(sum_nanos_.load(std::memory_order_relaxed)) / 1e9;
  return counts;
}

}  // namespace broadsheet::server
