// SPDX-License-Identifier: GPL-3.0-or-later
// Threads that answer requests, and a bounded queue of requests that wait for one.
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <thread>
#include <vector>

#include "engine/base/mutex.h"

namespace broadsheet::desk {

// Owns its threads. Submit() is safe from any thread.
class WorkerPool {
 public:
  // At most `queue` tasks wait besides the `threads` that run.
  WorkerPool(size_t threads, size_t queue);
  // Runs what waits, and joins the threads.
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  // False when too many wait: `task` will not be run.
  bool Submit(std::function<void()> task);

 private:
  void Work();

  const size_t most_waiting_;
  base::Mutex mutex_;
  base::CondVar changed_;
  std::deque<std::function<void()>> waiting_ ABSL_GUARDED_BY(mutex_);
  size_t idle_ ABSL_GUARDED_BY(mutex_) = 0;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::vector<std::thread> threads_;
};

}  // namespace broadsheet::desk
