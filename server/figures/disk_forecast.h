// SPDX-License-Identifier: GPL-3.0-or-later
// When a disk will be full, if it goes on filling as it has for the last hours.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>

#include "absl/time/time.h"

namespace broadsheet::server {

// Not thread-safe.
class DiskForecast {
 public:
  // `free` bytes are left at `now`; call it once a minute or so. What is older than six hours is
  // forgotten, so that yesterday's build does not count for ever.
  void Note(absl::Time now, uint64_t free);

  // How long it takes from the last note until nothing is left, by the straight line through all
  // notes. nullopt when they are of less than ten minutes, when the disk does not fill, or when it
  // would take more than a year.
  std::optional<absl::Duration> FullIn() const;

 private:
  struct Sample {
    absl::Time time;
    double free;
  };
  std::deque<Sample> samples_;
};

}  // namespace broadsheet::server
