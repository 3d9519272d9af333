// SPDX-License-Identifier: GPL-3.0-or-later
// How much room the disk of the index has, and when that will be gone.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "engine/base/mutex.h"
#include "server/figures/disk_forecast.h"

namespace broadsheet::server {

// Safe from any thread. Owns one thread, from Start() to Stop(), which looks once a minute.
class DiskWatch {
 public:
  struct Figures {
    uint64_t free_bytes = 0;  // for processes that are not root's
    uint64_t total_bytes = 0;
    // As of DiskForecast.
    std::optional<absl::Duration> full_in;
  };

  // `folder` is on the disk.
  explicit DiskWatch(std::filesystem::path folder) : folder_(std::move(folder)) {}
  ~DiskWatch() { Stop(); }
  DiskWatch(const DiskWatch&) = delete;
  DiskWatch& operator=(const DiskWatch&) = delete;

  void Start();
  // May be called again.
  void Stop() ABSL_LOCKS_EXCLUDED(mutex_);

  // Looks now. An error of the system when the folder is not there.
  absl::StatusOr<Figures> Look() const ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  void Work() ABSL_LOCKS_EXCLUDED(mutex_);

  const std::filesystem::path folder_;
  std::thread thread_;
  mutable base::Mutex mutex_;
  base::CondVar stopped_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  DiskForecast forecast_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace broadsheet::server
