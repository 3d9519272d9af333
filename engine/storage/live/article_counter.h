// SPDX-License-Identifier: GPL-3.0-or-later
// Counts the articles of a generation, and those of them that readers may not see, cheaply enough
// to ask often.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/time/time.h"
#include "engine/base/mutex.h"
#include "engine/schema/withheld.h"
#include "engine/storage/base/generation.h"

namespace broadsheet::storage {

class Snapshot;
class WithheldDocuments;

// The articles of one moment.
struct ArticleFigures {
  // Neither replaced nor deleted nor taken down; with those that are withheld.
  uint64_t articles = 0;
  // Of them; nullopt when they could not be counted.
  std::optional<schema::WithheldCounts> withheld;
  // How many articles live/ has, with those that were written again since; 0 when it could not be
  // read.
  uint64_t in_live = 0;
};

// Safe from any thread; a caller may wait for another one's count.
class ArticleCounter {
 public:
  explicit ArticleCounter(std::shared_ptr<const Generation> generation);
  ~ArticleCounter();

  // The figures of the newest snapshot at `now`. Costs three stats when nothing was written since
  // the last call; after a write, as much as live/ has withheld articles; the first time, as much
  // as base has. While live/ or INDEX/takedowns cannot be read (searches then report the error),
  // the number of articles is the last known, at first that of MANIFEST, and `withheld` of the same
  // moment.
  ArticleFigures Count(absl::Time now) ABSL_LOCKS_EXCLUDED(mutex_);

  // As Count, but says why something cannot be read, and has `withheld` when it says nothing.
  // Errors as Snapshot::Open.
  absl::StatusOr<ArticleFigures> CountOrExplain(absl::Time now) ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  // What is withheld in `snapshot_`, for any moment from `since` on.
  struct Tally {
    schema::WithheldCounts by_status;
    std::vector<int64_t> embargo_ends;  // ascending; seconds since 1970
    absl::Time since;
    uint64_t in_live = 0;
  };

  absl::Status Refresh(absl::Time now) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  absl::Status OpenAndTally(absl::Time now) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  absl::StatusOr<Tally> TallyOf(const Snapshot& snapshot, absl::Time now)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  ArticleFigures FiguresAt(absl::Time now) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const std::shared_ptr<const Generation> generation_;
  base::Mutex mutex_;
  // Both null until a snapshot could be opened and counted; `tally_` is of `snapshot_`.
  std::unique_ptr<Snapshot> snapshot_ ABSL_GUARDED_BY(mutex_);
  std::optional<Tally> tally_ ABSL_GUARDED_BY(mutex_);
  // Those of base, which never change but by the clock; null until they were looked for.
  std::unique_ptr<const WithheldDocuments> in_base_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace broadsheet::storage
