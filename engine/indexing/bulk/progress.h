// SPDX-License-Identifier: GPL-3.0-or-later
// Lets the stages of a build report progress and learn that they must stop.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string_view>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/time/time.h"
#include "engine/base/mutex.h"

namespace broadsheet::indexing {

enum class Stage : uint8_t { kSpool, kOrder, kAnalyze, kMerge, kVerify, kPublish };

// "reading", "ordering", "analysing", "compacting", "verifying", "publishing".
std::string_view StageName(Stage stage);

struct Progress {
  Stage stage = Stage::kSpool;
  uint64_t done = 0;   // articles of this stage
  uint64_t total = 0;  // 0 = not known yet
};

// Observes and stops one piece of work. Either may be empty.
struct Watch {
  // Called from several threads, one at a time.
  std::function<void(const Progress&)> on_progress = {};
  // Polled often; once it returns true the work ends with CANCELLED, unless it is about to publish.
  std::function<bool()> cancelled = {};

  bool IsCancelled() const { return cancelled && cancelled(); }
  // Tells of a stage that begins.
  void StartStage(Stage stage, uint64_t articles) const {
    if (on_progress) on_progress({.stage = stage, .done = 0, .total = articles});
  }
};

// Safe from any thread. Calls the caller's functions one at a time.
class Monitor {
 public:
  Monitor(std::function<void(const Progress&)> on_progress, std::function<bool()> cancelled);

  // Reports it at once.
  void StartStage(Stage stage, uint64_t total);
  // `done` more articles of the current stage are done. Reports at most every 100 ms.
  void Advance(uint64_t done);
  // OK or CANCELLED; once CANCELLED, always CANCELLED. Cheap enough for every article.
  absl::Status Check();

 private:
  void Tell(absl::Time now) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const std::function<void(const Progress&)> on_progress_;
  const std::function<bool()> is_cancelled_;
  std::atomic<bool> cancelled_ = false;
  base::Mutex mutex_;
  Progress progress_ ABSL_GUARDED_BY(mutex_);
  absl::Time told_ ABSL_GUARDED_BY(mutex_) = absl::InfinitePast();
};

}  // namespace broadsheet::indexing
