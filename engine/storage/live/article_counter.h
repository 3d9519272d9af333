// SPDX-License-Identifier: GPL-3.0-or-later
// Counts the articles that readers find in a generation, cheaply enough to ask often.
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
  // since the last call. While live/ or INDEX/takedowns cannot be read (searches then report the
  // error), returns the last known number, at first that of MANIFEST.
  uint64_t Count() ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  const std::shared_ptr<const Generation> generation_;
  base::Mutex mutex_;
  // Null until a snapshot could be opened.
  std::unique_ptr<Snapshot> snapshot_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace broadsheet::storage
