// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/http/worker_pool.h"

#include <utility>

namespace broadsheet::desk {

WorkerPool::WorkerPool(size_t threads, size_t queue) : most_waiting_(queue) {
  threads_.reserve(threads);
  for (size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { Work(); });
}

WorkerPool::~WorkerPool() {
  {
    const base::MutexLock lock(mutex_);
    stopping_ = true;
  }
  changed_.NotifyAll();
  for (std::thread& thread : threads_) thread.join();
}

bool WorkerPool::Submit(std::function<void()> task) {
  {
    const base::MutexLock lock(mutex_);
    // A thread that is about to take a task still counts as idle, so what waits is taken off.
    if (waiting_.size() >= idle_ + most_waiting_) return false;
    waiting_.push_back(std::move(task));
  }
  changed_.NotifyOne();
  return true;
}

void WorkerPool::Work() {
  for (;;) {
    std::function<void()> task;
    {
      const base::MutexLock lock(mutex_);
      ++idle_;
      while (waiting_.empty() && !stopping_) changed_.Wait(mutex_);
      --idle_;
      if (waiting_.empty()) return;
      task = std::move(waiting_.front());
      waiting_.pop_front();
    }
    task();
  }
}

}  // namespace broadsheet::desk
