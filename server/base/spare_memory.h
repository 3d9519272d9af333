// SPDX-License-Identifier: GPL-3.0-or-later
// Gives memory that the process does not use any more back to the system. After a flood of calls
// glibc would keep what they took for ever, since a few small pieces in it are still in use.
#pragma once

#include <cstdint>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/time/time.h"
#include "engine/base/mutex.h"

namespace broadsheet::server {

// What memory this process uses, bytes. 0 where the system does not say.
struct ProcessMemory {
  uint64_t address_space = 0;
  uint64_t resident = 0;
  uint64_t own = 0;        // what of it is resident and not of mapped files
  uint64_t allocated = 0;  // what its objects hold, of which not all need be resident

  // What glibc keeps for later; stacks and the program's own data count with it, a few MB.
  uint64_t spare() const { return own > allocated ? own - allocated : 0; }
};

// Takes each of glibc's arenas for a moment: for figures and looks, not for every call. May be
// called from any thread.
ProcessMemory ReadProcessMemory();

// Sets up glibc's allocator so that SpareMemory can give back what is spare. Call it first in
// main(), before there is another thread.
void PrepareSpareMemory();

// Owns a thread that looks from time to time.
class SpareMemory {
 public:
  // When more than `most_bytes` are spare, all of it is given back: less is not worth the
  // milliseconds that it takes, and ordinary searches need it again at once.
  explicit SpareMemory(absl::Duration look_interval = absl::Seconds(10),
                       uint64_t most_bytes = uint64_t{24} << 20);
  ~SpareMemory();
  SpareMemory(const SpareMemory&) = delete;
  SpareMemory& operator=(const SpareMemory&) = delete;

 private:
  void Work() ABSL_LOCKS_EXCLUDED(mutex_);

  const absl::Duration look_interval_;
  const uint64_t most_bytes_;
  base::Mutex mutex_;
  base::CondVar stopped_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace broadsheet::server
