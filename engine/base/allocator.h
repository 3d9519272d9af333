// SPDX-License-Identifier: GPL-3.0-or-later
// How much memory glibc's allocator keeps for later in a program of many threads.
#pragma once

#include <malloc.h>

#include <algorithm>
#include <thread>

namespace broadsheet::base {

// At most `bytes` at the end of each arena; pieces of half as much or more go back when they are
// freed. Call it first in main(), before there is another thread.
//
// glibc 2.36 would make eight arenas for each core, and raise both bounds to what was freed once,
// up to 64 MB; malloc_trim() leaves the ends of all arenas but the first (mtrim, heap_trim).
inline void KeepFreeMemory(int bytes) {
  mallopt(M_ARENA_MAX, static_cast<int>(std::max(2U, std::thread::hardware_concurrency())));
  mallopt(M_TRIM_THRESHOLD, bytes);
  mallopt(M_MMAP_THRESHOLD, bytes / 2);
}

}  // namespace broadsheet::base
