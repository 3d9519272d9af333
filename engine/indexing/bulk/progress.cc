// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/indexing/bulk/progress.h"

#include <utility>

#include "absl/time/clock.h"

namespace broadsheet::indexing {

namespace {

constexpr absl::Duration kTellEvery = absl::Milliseconds(100);

}  // namespace

std::string_view StageName(Stage stage) {
  switch (stage) {
    case Stage::kSpool:
      return "reading";
    case Stage::kOrder:
      return "ordering";
    case Stage::kAnalyze:
      return "analysing";
    case Stage::kMerge:
      return "compacting";
    case Stage::kVerify:
      return "verifying";
    case Stage::kPublish:
      return "publishing";
  }
  return "";
}

Monitor::Monitor(std::function<void(const Progress&)> on_progress, std::function<bool()> cancelled)
    : on_progress_(std::move(on_progress)), is_cancelled_(std::move(cancelled)) {}

void Monitor::StartStage(Stage stage, uint64_t total) {
  const base::MutexLock lock(mutex_);
  progress_ = {stage, 0, total};
  Tell(absl::Now());
}

void Monitor::Advance(uint64_t done) {
  const base::MutexLock lock(mutex_);
  progress_.done += done;
  const absl::Time now = absl::Now();
  if (now - told_ >= kTellEvery) Tell(now);
}

void Monitor::Tell(absl::Time now) {
  told_ = now;
  if (on_progress_) on_progress_(progress_);
}

absl::Status Monitor::Check() {
  if (!cancelled_ && is_cancelled_) {
    const base::MutexLock lock(mutex_);
    cancelled_ = is_cancelled_();
  }
  if (!cancelled_) return absl::OkStatus();
  return absl::CancelledError("the build was cancelled; what it made is removed");
}

}  // namespace broadsheet::indexing
