// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/admission/answers_in_flight.h"

#include <utility>

namespace broadsheet::server {

uint64_t AnswersInFlight::Add(std::function<void()> cancel, size_t bytes) {
  base::MutexLock lock(mutex_);
  const base::SteadyTime now = base::SteadyNow();
  const base::SteadyTime too_long_ago = now - absl::ToChronoNanoseconds(limits_.patience);
  while (!answers_.empty() &&
         (bytes_ + bytes > limits_.bytes || answers_.begin()->second.since < too_long_ago)) {
    CutOffOldest();
  }
  answers_.emplace(++added_, Answer{.cancel = std::move(cancel), .bytes = bytes, .since = now});
  bytes_ += bytes;
  return added_;
}

void AnswersInFlight::Remove(uint64_t answer) {
  base::MutexLock lock(mutex_);
  const auto found = answers_.find(answer);
  if (found == answers_.end()) return;
  bytes_ -= found->second.bytes;
  answers_.erase(found);
}

uint64_t AnswersInFlight::cut_off() const {
  base::MutexLock lock(mutex_);
  return cut_off_;
}

void AnswersInFlight::CutOffOldest() {
  const Answer& oldest = answers_.begin()->second;
  oldest.cancel();
  bytes_ -= oldest.bytes;
  answers_.erase(answers_.begin());
  ++cut_off_;
}

}  // namespace broadsheet::server
