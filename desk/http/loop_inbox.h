// SPDX-License-Identifier: GPL-3.0-or-later
// Hands functions from any thread to the loop's thread.
#pragma once

#include <functional>
#include <vector>

#include "desk/http/event_owner.h"
#include "engine/base/file_descriptor.h"
#include "engine/base/mutex.h"

namespace broadsheet::desk {

// Must outlive whoever posts. What is posted after the loop has ended is dropped.
class LoopInbox {
 public:
  explicit LoopInbox(event_base* base);
  LoopInbox(const LoopInbox&) = delete;
  LoopInbox& operator=(const LoopInbox&) = delete;

  // Runs `task` soon, in order, in the loop's thread. Safe from any thread.
  void Post(std::function<void()> task);

 private:
  void RunAll();

  const base::FileDescriptor wake_;  // an eventfd
  EventPtr woken_;
  base::Mutex mutex_;
  std::vector<std::function<void()>> tasks_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace broadsheet::desk
