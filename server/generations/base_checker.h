// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the base of the served generation in the background and compares it with its checksums. So
// a server starts at once, and soon notices files that have changed.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/time/time.h"
#include "engine/base/mutex.h"
#include "server/base/logger.h"
#include "server/generations/served_generation.h"

namespace broadsheet::server {

struct BaseReport {
  enum class State : uint8_t {
    kUnchecked,  // not checked, or the check failed (the log says why)
    kRunning,
    kWhole,
    kDamaged,
  };
  State state = State::kUnchecked;
  // When the state became kWhole or kDamaged.
  absl::Time found = absl::InfinitePast();
};

// Safe from any thread. Owns one thread, of the lowest priority, from the first Check() to Stop().
class BaseChecker {
 public:
  // Reads at most `bytes_per_second`, to leave the disk to searches; 0 = checks nothing. Logs
  // damage with its file and the remedy. `logger` must outlive this.
  BaseChecker(uint64_t bytes_per_second, Logger& logger);
  ~BaseChecker();
  BaseChecker(const BaseChecker&) = delete;
  BaseChecker& operator=(const BaseChecker&) = delete;

  // Checks `generation`, and ends the check of the one before.
  void Check(std::shared_ptr<const ServedGeneration> generation) ABSL_LOCKS_EXCLUDED(mutex_);
  // Waits for the thread. Nothing is checked afterwards; may be called again.
  void Stop() ABSL_LOCKS_EXCLUDED(mutex_);

  // The report of the generation last given to Check(); kUnchecked for any other.
  BaseReport ReportOf(const ServedGeneration* generation) const ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  void Work() ABSL_LOCKS_EXCLUDED(mutex_);
  void CheckOne(const ServedGeneration& generation) ABSL_LOCKS_EXCLUDED(mutex_);
  // Waits until the next MiB may be read; true when `generation` need not be checked any more.
  bool IsOver(const ServedGeneration& generation, base::SteadyTime* next) const
      ABSL_LOCKS_EXCLUDED(mutex_);
  void NoteEnd(const ServedGeneration& generation, const absl::Status& result,
               base::SteadyTime started) ABSL_LOCKS_EXCLUDED(mutex_);

  const uint64_t bytes_per_second_;
  Logger& logger_;
  std::thread thread_;

  mutable base::Mutex mutex_;
  mutable base::CondVar changed_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::shared_ptr<const ServedGeneration> wanted_ ABSL_GUARDED_BY(mutex_);
  // The report of wanted_; kRunning until its check has ended.
  BaseReport report_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace broadsheet::server
