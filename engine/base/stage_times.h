// SPDX-License-Identifier: GPL-3.0-or-later
// How long each stage of one piece of work took, for whoever wants to know why it was slow.
#pragma once

#include <array>
#include <cstddef>
#include <optional>

#include "absl/time/time.h"
#include "engine/base/steady_time.h"

namespace broadsheet::base {

// Not thread-safe. A stage is a number below kMostStages; what it means is up to the work.
class StageTimes {
 public:
  static constexpr size_t kMostStages = 8;

  // Ends the stage that runs, and begins this one. A stage that is begun again goes on.
  void Begin(size_t stage) {
    const SteadyTime now = SteadyNow();
    EndAt(now);
    stage_ = stage;
    begun_ = now;
  }
  void End() { EndAt(SteadyNow()); }

  // Zero for a stage that never ran. One that runs counts once it has ended.
  absl::Duration of(size_t stage) const { return took_.at(stage); }

 private:
  void EndAt(SteadyTime now) {
    if (stage_.has_value()) took_.at(*stage_) += absl::FromChrono(now - begun_);
    stage_.reset();
  }

  std::array<absl::Duration, kMostStages> took_ = {};
  std::optional<size_t> stage_;
  SteadyTime begun_;
};

}  // namespace broadsheet::base
