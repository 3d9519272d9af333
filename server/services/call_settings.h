// SPDX-License-Identifier: GPL-3.0-or-later
// The settings of calls that can be changed while the server runs.
#pragma once

#include <atomic>
#include <deque>

#include "absl/base/thread_annotations.h"
#include "absl/time/time.h"
#include "engine/base/mutex.h"

namespace broadsheet::server {

struct CallSettings {
  // The longest that a call may take, whatever its caller allows.
  absl::Duration max_deadline;
  // How long a stream from the index may go on without its caller reading or sending anything.
  absl::Duration stream_idle;
  // Slower calls are logged.
  absl::Duration slow_call;
  // Whether the text of queries may be logged.
  bool log_queries = false;
};

// Safe from any thread; reading takes no lock. Settings that were replaced are kept, so that what
// is read stays valid: they are small, and a person replaces them.
class CurrentCallSettings {
 public:
  explicit CurrentCallSettings(const CallSettings& first) { Replace(first); }

  const CallSettings& get() const { return *current_.load(std::memory_order_acquire); }
  void Replace(const CallSettings& next) ABSL_LOCKS_EXCLUDED(mutex_) {
    base::MutexLock lock(mutex_);
    current_.store(&all_.emplace_back(next), std::memory_order_release);
  }

 private:
  base::Mutex mutex_;
  std::deque<CallSettings> all_ ABSL_GUARDED_BY(mutex_);
  std::atomic<const CallSettings*> current_ = nullptr;
};

}  // namespace broadsheet::server
