// SPDX-License-Identifier: GPL-3.0-or-later
// Gives memory that the process does not use any more back to the system. After a flood of calls
// glibc would keep what they took for ever, since a few small pieces in it are still in use.
#pragma once

#include <cstddef>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/time/time.h"
#include "engine/base/mutex.h"

namespace broadsheet::server {

// Owns a thread that looks from time to time.
class SpareMemory {
 public:
  // More than `most_bytes` are given back: less is not worth the milliseconds that it takes, and
  // ordinary searches need it again at once.
  explicit SpareMemory(absl::Duration look_interval = absl::Seconds(10),
                       size_t most_bytes = size_t{64} << 20);
  ~SpareMemory();
  SpareMemory(const SpareMemory&) = delete;
  SpareMemory& operator=(const SpareMemory&) = delete;

 private:
  void Work() ABSL_LOCKS_EXCLUDED(mutex_);

  const absl::Duration look_interval_;
  const size_t most_bytes_;
  base::Mutex mutex_;
  base::CondVar stopped_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace broadsheet::server
