// SPDX-License-Identifier: GPL-3.0-or-later
// Draws how far a build has come, stage by stage.
#pragma once

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "engine/indexing/bulk/progress.h"
#include "indexer/commands/shared/progress_line.h"

namespace broadsheet::commands {

// Not thread-safe; `line` outlives it.
class StageProgress {
 public:
  // `first` is the first stage to draw: those before it draw a line of their own.
  StageProgress(ProgressLine& line, indexing::Stage first) : line_(line), first_(first) {}

  void Show(const indexing::Progress& progress);

 private:
  ProgressLine& line_;
  const indexing::Stage first_;
  indexing::Stage stage_ = indexing::Stage::kSpool;
  absl::Time started_ = absl::Now();
};

}  // namespace broadsheet::commands
