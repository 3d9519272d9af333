// SPDX-License-Identifier: GPL-3.0-or-later
// A whole build, from the lock to CURRENT, by a process that has the index to itself: what tests
// and benchmarks want of a builder and a publisher.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "engine/indexing/bulk/generation_builder.h"
#include "engine/indexing/publish/publisher.h"
#include "engine/indexing/publish/writes_at_stake.h"
#include "engine/storage/index/generations.h"
#include "engine/storage/index/index_lock.h"

namespace broadsheet::testing {

struct IndexBuildOptions {
  std::filesystem::path index = {};
  std::string holder = "a test";
  indexing::WritePolicy live_writes = indexing::WritePolicy::kRefuse;
  indexing::BuildOptions build = {};
};

struct IndexBuildReport : indexing::BuildReport {
  indexing::Publication publication;
};

class IndexBuild {
 public:
  // Errors of the steps.
  static absl::StatusOr<std::unique_ptr<IndexBuild>> Start(IndexBuildOptions options) {
    const storage::Layout layout(options.index);
    auto lock = storage::IndexLock::Acquire(layout, options.holder);
    if (!lock.ok()) return lock.status();
    auto writes = indexing::FindWritesAtStake(layout, options.live_writes);
    if (!writes.ok()) return writes.status();
    auto claim = storage::ClaimNext(*lock);
    if (!claim.ok()) return claim.status();
    auto builder = indexing::GenerationBuilder::Start(layout, *std::move(claim), options.build);
    if (!builder.ok()) return builder.status();
    return std::unique_ptr<IndexBuild>(new IndexBuild(
        *std::move(lock), *std::move(writes), *std::move(builder), std::move(options.build)));
  }

  absl::Status Add(v1::Article article) { return builder_->Add(std::move(article)); }

  absl::StatusOr<IndexBuildReport> Publish() {
    auto built = builder_->Finish();
    if (!built.ok()) return built.status();
    auto publication = indexing::PublishGeneration(
        lock_, built->number(), writes_,
        {.on_progress = options_.on_progress, .cancelled = options_.cancelled});
    if (!publication.ok()) return publication.status();
    return IndexBuildReport{built->report(), *std::move(publication)};
  }

  // Leaves what was built in the index, unpublished.
  absl::StatusOr<indexing::BuildReport> Keep() {
    auto built = builder_->Finish();
    if (!built.ok()) return built.status();
    if (absl::Status kept = built->Keep(); !kept.ok()) return kept;
    return built->report();
  }

 private:
  IndexBuild(storage::IndexLock lock, indexing::WritesAtStake writes,
             std::unique_ptr<indexing::GenerationBuilder> builder, indexing::BuildOptions options)
      : lock_(std::move(lock)),
        writes_(std::move(writes)),
        builder_(std::move(builder)),
        options_(std::move(options)) {}

  const storage::IndexLock lock_;
  const indexing::WritesAtStake writes_;
  const std::unique_ptr<indexing::GenerationBuilder> builder_;
  const indexing::BuildOptions options_;
};

}  // namespace broadsheet::testing
