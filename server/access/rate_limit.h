// SPDX-License-Identifier: GPL-3.0-or-later
// How many calls a caller may make: a token bucket. It fills at a rate, up to a burst, and each
// call takes one out.
#pragma once

#include "absl/base/thread_annotations.h"
#include "absl/time/time.h"
#include "engine/base/mutex.h"
#include "engine/base/steady_time.h"

namespace broadsheet::server {

// Safe from any thread.
class RateLimit {
 public:
  // Calls a second, more than zero; and at once, at least one. Full at first.
  RateLimit(double per_second, double burst)
      : per_second_(per_second), burst_(burst), left_(burst) {}

  double per_second() const { return per_second_; }
  double burst() const { return burst_; }

  // Takes out one call, and returns zero; or, when there is none, how long until there is.
  absl::Duration Take(base::SteadyTime now = base::SteadyNow()) ABSL_LOCKS_EXCLUDED(mutex_);
  // Puts back one that was taken.
  void GiveBack() ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  const double per_second_;
  const double burst_;
  base::Mutex mutex_;
  double left_ ABSL_GUARDED_BY(mutex_);
  base::SteadyTime filled_ ABSL_GUARDED_BY(mutex_) = base::SteadyNow();
};

}  // namespace broadsheet::server
