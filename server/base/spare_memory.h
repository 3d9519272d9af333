// SPDX-License-Identifier: GPL-3.0-or-later
// Gives memory that the process does not use any more back to the system. After a flood of calls
// glibc would keep what they took for ever, since a few small pieces in it are still in use.
#pragma once

#include <thread>

#include "absl/base/thread_annotations.h"
#include "engine/base/mutex.h"

namespace broadsheet::server {

// Owns a thread that looks every ten seconds.
class SpareMemory {
 public:
  SpareMemory();
  ~SpareMemory();
  SpareMemory(const SpareMemory&) = delete;
  SpareMemory& operator=(const SpareMemory&) = delete;

 private:
  void Work() ABSL_LOCKS_EXCLUDED(mutex_);

  base::Mutex mutex_;
  base::CondVar stopped_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace broadsheet::server
