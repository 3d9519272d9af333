// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/base/spare_memory.h"

#include <malloc.h>

#include <cstddef>

#include "engine/base/steady_time.h"

namespace broadsheet::server {
namespace {

constexpr absl::Duration kLookInterval = absl::Seconds(10);
// What is worth the milliseconds that it takes, and what ordinary searches need again at once.
constexpr size_t kMostSpareBytes = size_t{64} << 20;

}  // namespace

SpareMemory::SpareMemory() : thread_([this] { Work(); }) {}

SpareMemory::~SpareMemory() {
  {
    base::MutexLock lock(mutex_);
    stopping_ = true;
    stopped_.NotifyAll();
  }
  thread_.join();
}

void SpareMemory::Work() {
  for (;;) {
    {
      base::MutexLock lock(mutex_);
      const base::SteadyTime until = base::SteadyIn(kLookInterval);
      while (!stopping_ && base::SteadyNow() < until) stopped_.WaitUntil(mutex_, until);
      if (stopping_) return;
    }
    if (mallinfo2().fordblks > kMostSpareBytes) malloc_trim(0);
  }
}

}  // namespace broadsheet::server
