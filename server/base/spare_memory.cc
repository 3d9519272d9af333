// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/base/spare_memory.h"

#include <malloc.h>

#include "engine/base/steady_time.h"

namespace broadsheet::server {

SpareMemory::SpareMemory(absl::Duration look_interval, size_t most_bytes)
    : look_interval_(look_interval), most_bytes_(most_bytes), thread_([this] { Work(); }) {}

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
      const base::SteadyTime until = base::SteadyIn(look_interval_);
      while (!stopping_ && base::SteadyNow() < until) stopped_.WaitUntil(mutex_, until);
      if (stopping_) return;
    }
    if (mallinfo2().fordblks > most_bytes_) malloc_trim(0);
  }
}

}  // namespace broadsheet::server
