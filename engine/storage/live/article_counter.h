// SPDX-License-Identifier: GPL-3.0-or-later
// How many articles readers find in a generation, for those who ask often.
#pragma once

#include <cstdint>
#include <memory>

#include "absl/base/thread_annotations.h"
#include "engine/base/mutex.h"
#include "engine/storage/base/generation.h"

namespace broadsheet::storage {

class Snapshot;

// Safe from any thread.
class ArticleCounter {
 public:
  explicit ArticleCounter(std::shared_ptr<const Generation> generation);
  ~ArticleCounter();

  // Snapshot::article_count() of the newest snapshot. Costs two stats when nothing was written
  // since it was asked last. While live/ or INDEX/takedowns cannot be read, as searches then say,
  // the number is the last one that could be told, and to begin with MANIFEST's.
  uint64_t Count() ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  const std::shared_ptr<const Generation> generation_;
  base::Mutex mutex_;
  // Null until it could be opened.
  std::unique_ptr<Snapshot> snapshot_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace broadsheet::storage
