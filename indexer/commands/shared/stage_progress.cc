// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/commands/shared/stage_progress.h"

#include <string>

namespace broadsheet::commands {

void StageProgress::Show(const indexing::Progress& progress) {
  if (progress.stage < first_) return;
  if (progress.stage != stage_) {
    stage_ = progress.stage;
    started_ = absl::Now();
  } else if (!line_.IsDue()) {
    return;
  }
  const double share = progress.total == 0 ? 0
                                           : static_cast<double>(progress.done) /
                                                 static_cast<double>(progress.total);
  line_.Draw(ProgressText({.stage = std::string(indexing::StageName(progress.stage)),
                           .articles = progress.done,
                           .articles_total = progress.total,
                           .share = share,
                           .elapsed = absl::Now() - started_}));
}

}  // namespace broadsheet::commands
