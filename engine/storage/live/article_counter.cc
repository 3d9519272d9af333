// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/live/article_counter.h"

#include <utility>

#include "absl/status/statusor.h"
#include "engine/storage/live/snapshot.h"

namespace broadsheet::storage {

ArticleCounter::ArticleCounter(std::shared_ptr<const Generation> generation)
    : generation_(std::move(generation)) {}

ArticleCounter::~ArticleCounter() = default;

uint64_t ArticleCounter::Count() {
  base::MutexLock lock(mutex_);
  if (snapshot_ == nullptr || !snapshot_->IsLatest()) {
    absl::StatusOr<std::unique_ptr<Snapshot>> newest = Snapshot::Open(generation_, snapshot_.get());
    if (newest.ok()) snapshot_ = *std::move(newest);
  }
  return snapshot_ == nullptr ? generation_->manifest().articles : snapshot_->article_count();
}

}  // namespace broadsheet::storage
