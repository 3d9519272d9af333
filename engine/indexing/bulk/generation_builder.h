// SPDX-License-Identifier: GPL-3.0-or-later
// Makes a generation of a stream of articles:
//   prepare -> spool (compressed, on disk) -> drop superseded ids -> order newest first ->
//   analyse on all cores into small shards -> merge in order -> MANIFEST.
// Memory is bounded by BuildOptions::memory_bytes whatever the number of articles. Publishing what
// was built is another thing (engine/indexing/publish/publisher.h):
//
//   auto lock = storage::IndexLock::Acquire(layout, "a build");
//   auto builder = GenerationBuilder::Start(layout, *storage::ClaimNext(*lock), {});
//   for (v1::Article& article : articles) (*builder)->Add(std::move(article));  // may be refused
//   auto built = (*builder)->Finish();
//   PublishGeneration(*lock, built->number(), {}, {});
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "broadsheet/v1/article.pb.h"
#include "engine/indexing/bulk/progress.h"
#include "engine/storage/base/folded_writes.h"
#include "engine/storage/index/generation_claim.h"
#include "engine/storage/index/layout.h"

namespace broadsheet::indexing {

// A generation that a new one is compared with.
struct GenerationSize {
  uint64_t number = 0;
  uint64_t articles = 0;
};

struct BuildOptions {
  // For articles that an index has stored before: their indexed_time is when that was.
  bool keep_indexed_time = false;
  // With fewer than half of its articles the build ends before its long part: most often that means
  // that sources are missing.
  std::optional<GenerationSize> at_least_half_of = std::nullopt;
  // What it costs. More memory means fewer, larger sort runs and shards.
  uint64_t memory_bytes = 400ULL << 20;
  int threads = 0;  // 0 = as many as there are cores
  // Called from the building threads, one at a time, at most some ten times a second.
  std::function<void(const Progress&)> on_progress = {};
  // Called by Finish, from its thread, for each article that another of the same id won over, with
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
  uint64_t articles = 0;    // in the generation: added - superseded
  uint64_t undated = 0;
  uint64_t input_bytes = 0;
  uint64_t index_bytes = 0;
};

// A generation that this process has made. It is removed with this object, unless Keep was called
// or CURRENT names it (or cannot be read) by then. Movable; one thread.
class BuiltGeneration {
 public:
  // `report.ref` has the number that is claimed.
  BuiltGeneration(storage::Layout layout, storage::GenerationClaim claim, BuildReport report);
  BuiltGeneration(BuiltGeneration&& other) noexcept;
  BuiltGeneration& operator=(BuiltGeneration&& other) = delete;
  ~BuiltGeneration();

  const BuildReport& report() const { return report_; }
  uint64_t number() const { return report_.ref.number; }
  std::filesystem::path folder() const { return layout_.generation(number()); }

  // Marks it as finished and gives up the claim: from now on it stays until it is pruned. It may be
  // published later, or by another process. Errors of FileError.
  absl::Status Keep();

 private:
  storage::Layout layout_;
  std::optional<storage::GenerationClaim> claim_;  // none once it is kept
  BuildReport report_;
};

// Add is called from one thread; the object owns the others. Destroying it before Finish abandons
// the build: its folder is removed.
class GenerationBuilder {
 public:
  // Works in the folder that was claimed in the index at `layout`. Takedowns of the index are read
  // here, with the errors of storage::Takedowns::Read; errors of FileError.
  static absl::StatusOr<std::unique_ptr<GenerationBuilder>> Start(const storage::Layout& layout,
                                                                  storage::GenerationClaim claim,
                                                                  BuildOptions options);

  virtual ~GenerationBuilder() = default;

  // Prepares (schema::PrepareArticle) and spools one article. INVALID_ARGUMENT when the article is
  // refused: the build goes on. One that was taken down is counted and left out. Any other error (a
  // full disk: RESOURCE_EXHAUSTED) ends the build: every later call returns it again.
  virtual absl::Status Add(v1::Article article) = 0;

  // For a rebuild: ids whose last word was not the sources', kept with the generation for the next
  // one (engine/storage/base/folded_writes.h). Once, before Finish.
  virtual void FoldWrites(std::vector<storage::WrittenId> written) = 0;

  // Runs the remaining stages, once. What is built is not verified yet, and stays unfinished
  // (engine/storage/index/generation_state.h) until it is kept or published. On any error the
  // folder is removed. FAILED_PRECONDITION when there is no article, or too few (see
  // at_least_half_of).
  virtual absl::StatusOr<BuiltGeneration> Finish() = 0;
};

}  // namespace broadsheet::indexing
