// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/http/loop_inbox.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <cstdint>
#include <utility>

namespace broadsheet::desk {

LoopInbox::LoopInbox(event_base* base) : wake_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  const auto run = [](evutil_socket_t, short, void* self) {
    static_cast<LoopInbox*>(self)->RunAll();
  };
  woken_.reset(event_new(base, wake_.get(), EV_READ | EV_PERSIST, run, this));
  event_add(woken_.get(), nullptr);
}

void LoopInbox::Post(std::function<void()> task) {
  {
    const base::MutexLock lock(mutex_);
    tasks_.push_back(std::move(task));
    // Whoever posted the first has woken the loop, or is about to.
    if (tasks_.size() > 1) return;
  }
  const uint64_t one = 1;
  // It fails only when the count is at its end, and then the loop is awake.
  [[maybe_unused]] const ssize_t written = write(wake_.get(), &one, sizeof(one));
}

void LoopInbox::RunAll() {
  uint64_t count = 0;
  [[maybe_unused]] const ssize_t taken = read(wake_.get(), &count, sizeof(count));
  std::vector<std::function<void()>> tasks;
  {
    const base::MutexLock lock(mutex_);
    tasks = std::exchange(tasks_, {});
  }
  for (const auto& task : tasks) task();
}

}  // namespace broadsheet::desk
