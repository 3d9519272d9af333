// SPDX-License-Identifier: GPL-3.0-or-later
// A gate that holds searches up until the test opens it, so that a test can look at a server with
// work in progress without sleeping.
#pragma once

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "engine/base/mutex.h"

namespace broadsheet::server {

class Gate {
 public:
  // Waits until the gate is open.
  void Pass() {
    base::MutexLock lock(mutex_);
    ++reached_;
    changed_.NotifyAll();
    while (!open_) changed_.Wait(mutex_);
  }
  void Open() {
    base::MutexLock lock(mutex_);
    open_ = true;
    changed_.NotifyAll();
  }
  // Waits until `count` searches have come to the gate; false when that takes ten minutes, which
  // only what hangs does.
  bool WaitUntilReached(int count) {
    const absl::Time deadline = absl::Now() + absl::Minutes(10);
    base::MutexLock lock(mutex_);
    while (reached_ < count && absl::Now() < deadline) changed_.WaitUntil(mutex_, deadline);
    return reached_ >= count;
  }
  int reached() {
    base::MutexLock lock(mutex_);
    return reached_;
  }

 private:
  base::Mutex mutex_;
  base::CondVar changed_;
  int reached_ ABSL_GUARDED_BY(mutex_) = 0;
  bool open_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace broadsheet::server
