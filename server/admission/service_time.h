// SPDX-License-Identifier: GPL-3.0-or-later
// How long tasks take of late, as TCP reckons with round trips (RFC 6298): a mean that each task
// moves a little, and how far tasks are from it.
#pragma once

#include "absl/time/time.h"

namespace broadsheet::server {

// Not thread-safe.
class ServiceTime {
 public:
  // What is expected before any task has ended.
  explicit ServiceTime(absl::Duration expected = absl::ZeroDuration()) : mean_(expected) {}

  void Add(absl::Duration took) {
    deviation_ += (absl::AbsDuration(took - mean_) - deviation_) / kSmoothing;
    mean_ += (took - mean_) / kSmoothing;
  }

  absl::Duration mean() const { return mean_; }
  // What few tasks take longer than.
  absl::Duration Cautious() const { return mean_ + kDeviations * deviation_; }

 private:
  // One task in so many changes what is expected of the next: enough to follow a change of load,
  // and too little for one slow query to turn others away.
  static constexpr int kSmoothing = 8;
  // Of times that are spread as those of searches are, one in some fifty is longer.
  static constexpr int kDeviations = 3;

  absl::Duration mean_;
  absl::Duration deviation_ = absl::ZeroDuration();
};

}  // namespace broadsheet::server
