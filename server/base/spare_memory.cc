// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/base/spare_memory.h"

#include <malloc.h>
#include <unistd.h>

#include <fstream>

#include "engine/base/allocator.h"
#include "engine/base/steady_time.h"

namespace broadsheet::server {

ProcessMemory ReadProcessMemory() {
  ProcessMemory memory;
  // proc(5): all of the process, what of it is in memory, and what of that is of files, in pages.
  uint64_t size = 0;
  uint64_t resident = 0;
  uint64_t of_files = 0;
  if (std::ifstream("/proc/self/statm") >> size >> resident >> of_files) {
    const auto page = static_cast<uint64_t>(::sysconf(_SC_PAGESIZE));
    memory.address_space = size * page;
    memory.resident = resident * page;
    memory.own = (resident - of_files) * page;
  }
  const struct mallinfo2 info = mallinfo2();
  memory.allocated = info.uordblks + info.hblkhd;
  return memory;
}

void PrepareSpareMemory() {
  constexpr int kMostAtAnEnd = 8 << 20;
  base::KeepFreeMemory(kMostAtAnEnd);
}

SpareMemory::SpareMemory(absl::Duration look_interval, uint64_t most_bytes)
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
    if (ReadProcessMemory().spare() > most_bytes_) malloc_trim(0);
  }
}

}  // namespace broadsheet::server
