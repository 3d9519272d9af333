// SPDX-License-Identifier: GPL-3.0-or-later
// Stops a call at its deadline, or when its caller cancels it. Xapian cannot be interrupted, so our
// code that Xapian calls (posting sources, the spy) and our loops over a vocabulary poll a
// Deadline.
#pragma once

#include <cstdint>
#include <functional>
#include <utility>

#include "absl/status/status.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace broadsheet::base {

class StageTimes;

// `cancelled` may be empty; it is polled from the calling thread.
struct CallControl {
  absl::Time deadline = absl::InfiniteFuture();
  std::function<bool()> cancelled;
  absl::Time now = absl::Now();  // what "today" and "7d" are counted from
  // Where the stages of the call are timed; null = they are not. Used by the calling thread.
  StageTimes* stages = nullptr;

  // OK, DEADLINE_EXCEEDED or CANCELLED.
  absl::Status Check() const;
};

// Our only exception. It ends a match that has run too long: only an exception can leave Xapian's
// stack frames. Only xapian::Guard catches it.
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
  // Like Poll, but looks at the clock at every call.
  void Check() const;

 private:
  const CallControl& call_;
  uint32_t calls_ = 0;
};

}  // namespace broadsheet::base
