// SPDX-License-Identifier: GPL-3.0-or-later
// Tells systemd how the server does (sd_notify): ready, reloading, stopping, and, as long as it
// answers, that it is alive. Does nothing where nobody listens.
#pragma once

#include <functional>
#include <string>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "engine/base/mutex.h"
#include "server/base/logger.h"

namespace broadsheet::server {

// Safe from any thread. Owns one thread, from WatchOver() to Stopping().
class ServiceManager {
 public:
  // `logger` outlives this.
  explicit ServiceManager(Logger& logger) : logger_(logger) {}
  ~ServiceManager() { EndWatch(); }
  ServiceManager(const ServiceManager&) = delete;
  ServiceManager& operator=(const ServiceManager&) = delete;

  // `status` is what `systemctl status` shows.
  void Ready(const std::string& status);
  // Followed by Ready().
  void Reloading();
  // Also ends the watch, and waits for it.
  void Stopping();

  // Where the unit has WatchdogSec=, calls `is_alive` three times within it, and says so whenever
  // it is. Once it is not for all that time, systemd ends the process and starts another. Call
  // once.
  void WatchOver(std::function<bool()> is_alive);

 private:
  void EndWatch() ABSL_LOCKS_EXCLUDED(mutex_);
  void Watch(const std::function<bool()>& is_alive, absl::Duration interval)
      ABSL_LOCKS_EXCLUDED(mutex_);

  Logger& logger_;
  std::thread thread_;
  base::Mutex mutex_;
  base::CondVar stopped_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace broadsheet::server
