// SPDX-License-Identifier: GPL-3.0-or-later
// Answers that gRPC has and their callers have not taken yet. gRPC keeps each for as long as its
// caller likes; here they are bounded in bytes and in time, at the cost of whoever is slowest.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>

#include "absl/base/thread_annotations.h"
#include "absl/time/time.h"
#include "engine/base/mutex.h"
#include "engine/base/steady_time.h"

namespace broadsheet::server {

struct AnswerLimits {
  // Of all answers together.
  size_t bytes = size_t{256} << 20;
  // A caller that has not taken its answer after so long is cut off when the next one is added.
  absl::Duration patience = absl::Minutes(1);
};

// Safe from any thread.
class AnswersInFlight {
 public:
  explicit AnswersInFlight(AnswerLimits limits) : limits_(limits) {}

  // A call is about to be given an answer of so many bytes. Cuts off the callers who have been slow
  // for longest until it fits; one that is larger than all may be together is in flight alone.
  // Later, another may cut off this one: then `cancel` is called once, by any thread, and may not
  // call this object. Returns what to give to Remove, which is never 0.
  uint64_t Add(std::function<void()> cancel, size_t bytes) ABSL_LOCKS_EXCLUDED(mutex_);
  // The answer was sent, or will not be. `cancel` is not called after this returns.
  void Remove(uint64_t answer) ABSL_LOCKS_EXCLUDED(mutex_);

  // Of callers that were cut off.
  uint64_t cut_off() const ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  struct Answer {
    std::function<void()> cancel;
    size_t bytes;
    base::SteadyTime since;
  };

  void CutOffOldest() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const AnswerLimits limits_;
  mutable base::Mutex mutex_;
  // In the order in which they were added.
  std::map<uint64_t, Answer> answers_ ABSL_GUARDED_BY(mutex_);
  uint64_t added_ ABSL_GUARDED_BY(mutex_) = 0;
  size_t bytes_ ABSL_GUARDED_BY(mutex_) = 0;
  uint64_t cut_off_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace broadsheet::server
