// SPDX-License-Identifier: GPL-3.0-or-later
// How one call may be stopped: by its deadline or by its caller. Xapian cannot be interrupted, so
// everything of ours that it calls back (posting sources, the spy) and every loop of ours over a
// vocabulary polls a Deadline.
#pragma once

#include <cstdint>
#include <functional>
#include <utility>

#include "absl/status/status.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace broadsheet::base {

// `cancelled` may be empty; it is polled from the calling thread.
struct CallControl {
  absl::Time deadline = absl::InfiniteFuture();
  std::function<bool()> cancelled;
  absl::Time now = absl::Now();  // what "today" and "7d" are counted from

  // OK, DEADLINE_EXCEEDED or CANCELLED.
  absl::Status Check() const;
};

// The one exception of ours: it leaves a match that has run too long, through Xapian's own frames,
// which have no other way out. Only xapian::Guard catches it.
class DeadlineError {
 public:
  // DEADLINE_EXCEEDED or CANCELLED.
  explicit DeadlineError(absl::Status why) : why_(std::move(why)) {}
  const absl::Status& why() const { return why_; }

 private:
  absl::Status why_;
};

// Not thread-safe. `call` must outlive it.
class Deadline {
 public:
  explicit Deadline(const CallControl& call) : call_(call) {}

  // Throws DeadlineError once the deadline has passed or the call was cancelled. Cheap: looks at
  // the clock at every 16th call.
  void Poll() {
    if (++calls_ % 16 == 0) Check();
  }
  // The same, at once.
  void Check() const;

 private:
  const CallControl& call_;
  uint32_t calls_ = 0;
};

}  // namespace broadsheet::base
