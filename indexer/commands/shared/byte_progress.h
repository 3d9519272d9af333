// SPDX-License-Identifier: GPL-3.0-or-later
// Draws how much has been copied.
#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "indexer/commands/shared/progress_line.h"

namespace broadsheet::commands {

// Not thread-safe; `line` outlives it.
class ByteProgress {
 public:
  // `stage` as in "copying".
  ByteProgress(ProgressLine& line, std::string stage) : line_(line), stage_(std::move(stage)) {}

  void Show(uint64_t done, uint64_t total) {
    if (!line_.IsDue()) return;
    const double share = total == 0 ? 0 : static_cast<double>(done) / static_cast<double>(total);
    line_.Draw(ProgressText(
        {.stage = stage_, .bytes = done, .share = share, .elapsed = absl::Now() - started_}));
  }

 private:
  ProgressLine& line_;
  const std::string stage_;
  const absl::Time started_ = absl::Now();
};

}  // namespace broadsheet::commands
