// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/page_guard.h"

#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <mutex>

namespace broadsheet::base {

// What the handler reads: nothing but atomics, in memory that is always there.
struct PageGuard::Slot {
  std::atomic<bool> taken = false;
  // 0 while nothing is guarded; written after `end` and cleared before the mapping goes.
  std::atomic<uintptr_t> begin = 0;
  std::atomic<uintptr_t> end = 0;
  std::atomic<bool> lost = false;
};

struct PageGuardHandler {
  static std::array<PageGuard::Slot, 256> slots;
  static uintptr_t page_bytes;
  static struct sigaction previous;

  static void Install() {
    page_bytes = static_cast<uintptr_t>(sysconf(_SC_PAGESIZE));
    struct sigaction action = {};
    action.sa_sigaction = &OnBusError;
    action.sa_flags = SA_SIGINFO;
    sigaction(SIGBUS, &action, &previous);
  }

  // mmap is not on POSIX's list of what a handler may call; on Linux it is a bare system call.
  static void OnBusError(int /*signal*/, siginfo_t* info, void* /*context*/) {
    const int error = errno;
    const auto address = reinterpret_cast<uintptr_t>(info->si_addr);
    for (PageGuard::Slot& slot : slots) {
      const uintptr_t begin = slot.begin.load();
      if (begin == 0 || address < begin || address >= slot.end.load()) continue;
      // Before the page is there: nobody reads zeros without it.
      slot.lost = true;
      char* const page = static_cast<char*>(info->si_addr) - address % page_bytes;
      void* const zeros =
          mmap(page, page_bytes, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
      if (zeros == MAP_FAILED) break;
      errno = error;
      return;
    }
    // The read is tried again, and meets whoever was there before us.
    sigaction(SIGBUS, &previous, nullptr);
    errno = error;
  }
};

std::array<PageGuard::Slot, 256> PageGuardHandler::slots;
uintptr_t PageGuardHandler::page_bytes = 0;
struct sigaction PageGuardHandler::previous = {};

PageGuard::PageGuard(const void* begin, size_t size) {
  static std::once_flag installed;
  std::call_once(installed, &PageGuardHandler::Install);
  for (Slot& slot : PageGuardHandler::slots) {
    if (slot.taken.exchange(true)) continue;
    slot.lost = false;
    slot.end = reinterpret_cast<uintptr_t>(begin) + size;
    slot.begin = reinterpret_cast<uintptr_t>(begin);
    slot_ = &slot;
    return;
  }
}

PageGuard::~PageGuard() {
  if (slot_ == nullptr) return;
  slot_->begin = 0;
  slot_->taken = false;
}

bool PageGuard::lost() const { return slot_ != nullptr && slot_->lost; }

}  // namespace broadsheet::base
