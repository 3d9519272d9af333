// SPDX-License-Identifier: GPL-3.0-or-later
// Makes a new generation from a stream of articles:
//   prepare -> spool (compressed, on disk) -> drop superseded ids -> order newest first ->
//   analyse on all cores into small shards -> compact in order -> verify -> publish.
// Memory is bounded by BuildOptions::memory_bytes whatever the number of articles.
//
//   absl::StatusOr<std::unique_ptr<IndexBuild>> build = IndexBuild::Start({.index = dir});
//   for (Article& article : articles) build->Add(std::move(article));  // one may be refused
//   absl::StatusOr<BuildReport> report = build->Publish();
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "broadsheet/v1/article.pb.h"
#include "engine/indexing/bulk/progress.h"
#include "engine/indexing/publish/handover.h"
#include "engine/indexing/publish/writes_at_stake.h"
#include "engine/storage/base/folded_writes.h"
#include "engine/storage/check/live_check.h"
#include "engine/storage/index/index_lock.h"
#include "engine/storage/index/layout.h"

namespace broadsheet::indexing {

// How a build stands to the index's lock.
enum class LockUse : uint8_t {
  kTake,    // takes it, for as long as the build lasts
  kBorrow,  // its process holds it: `held_lock`
  kBeside,  // another process holds it, and is to publish what is built here
};

struct BuildOptions {
  // What it does.
  std::filesystem::path index = {};
  LockUse lock_use = LockUse::kTake;
  std::string holder = "broadsheet-indexer build";  // written to LOCK under kTake
  // Outlives the build; nobody else uses it meanwhile.
  storage::IndexLock* held_lock = nullptr;
  WritePolicy live_writes = WritePolicy::kRefuse;
  // Without it Publish() refuses to go on with fewer than half of the published generation's
  // articles, which most often means that sources are missing.
  bool allow_shrinking = false;
  // For articles that an index has stored before: their indexed_time is when that was.
  bool keep_indexed_time = false;
  // Without it Publish() verifies the generation and leaves CURRENT alone: publication.h or
  // handover.h moves it later. With it, under LockUse::kBeside, both are left to the holder of the
  // lock.
  bool publish = true;
  // What it costs. More memory means fewer, larger sort runs and shards.
  uint64_t memory_bytes = 400ULL << 20;
  int threads = 0;  // 0 = as many as there are cores
  // Called from the building threads, one at a time, at most some ten times a second.
  std::function<void(const Progress&)> on_progress = {};
  // Called by Publish, from its thread, for each article that another of the same id won over, with
  // its number in the order in which Add accepted them, from 0.
  std::function<void(uint64_t)> on_superseded = {};
  // Polled often; when true the build stops with CANCELLED and removes what it made.
  std::function<bool()> cancelled = {};
};

struct BuildReport {
  storage::GenerationRef ref;
  uint64_t added = 0;       // accepted by Add
  uint64_t superseded = 0;  // dropped since another of the same id won
  uint64_t taken_down = 0;  // left out since INDEX/takedowns has their ids; not in `added`
  uint64_t articles = 0;    // in the index: added - superseded
  uint64_t undated = 0;
  uint64_t input_bytes = 0;
  uint64_t index_bytes = 0;
  storage::LiveCounts discarded;  // under WritePolicy::kDiscard
  CarriedWrites kept;             // under WritePolicy::kKeep
  absl::Duration elapsed;
};

// Add is called from one thread; the object owns the others. Destroying it before Publish abandons
// the build: its folder is removed and the published generation was never touched.
class IndexBuild {
 public:
  // Takes the index lock (errors of IndexLock::Acquire) unless told otherwise, removes what crashed
  // builds left, takes a generation number, and makes its folder. FAILED_PRECONDITION, counting
  // them, when the published generation has writes that options.live_writes does not give up.
  static absl::StatusOr<std::unique_ptr<IndexBuild>> Start(BuildOptions options);

  virtual ~IndexBuild() = default;

  // Prepares (schema::PrepareArticle) and spools one article. INVALID_ARGUMENT when the article is
  // refused: the build goes on. One that was taken down is counted and left out. Any other error (a
  // full disk: RESOURCE_EXHAUSTED) ends the build: every later call returns it again.
  virtual absl::Status Add(v1::Article article) = 0;

  // For a rebuild: ids whose last word was not the sources', kept with the generation for the next
  // one (storage/folded_writes.h). Once, before Publish.
  virtual void FoldWrites(std::vector<storage::WrittenId> written) = 0;

  // Runs the remaining stages, verifies, and moves CURRENT. On any error nothing was published and
  // the folder is removed. FAILED_PRECONDITION for an index without articles, or one that shrinks
  // too much (see allow_shrinking).
  virtual absl::StatusOr<BuildReport> Publish() = 0;
};

}  // namespace broadsheet::indexing
