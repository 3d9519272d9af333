// SPDX-License-Identifier: GPL-3.0-or-later
// Builds a generation from a stream of articles:
//   prepare -> spool (compressed, on disk) -> drop superseded ids -> order newest first ->
//   see which language prevails -> analyse on all cores into small shards -> merge in order ->
//   MANIFEST.
// BuildOptions::memory_bytes bounds the memory, whatever the number of articles. A separate step
// publishes the result (engine/indexing/publish/publisher.h):
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
#include "engine/schema/withheld.h"
#include "engine/storage/base/folded_writes.h"
#include "engine/storage/index/generation_claim.h"
#include "engine/storage/index/layout.h"
#include "engine/storage/index/manifest.h"

namespace broadsheet::indexing {

// The size of a generation, to compare a new one with.
struct GenerationSize {
  uint64_t number = 0;
  uint64_t articles = 0;
};

struct BuildOptions {
  // Keeps the indexed_time of articles, for articles that come from an index.
  bool keep_indexed_time = false;
  // Finish refuses a generation without articles otherwise, since then the sources are missing.
  bool may_be_empty = false;
  // What articles without a language are analysed in; nullopt = the language that prevails among
  // the others (prevailing_language.h).
  std::optional<storage::AssumedLanguage> assumed_language = std::nullopt;
  // The build ends before its long part if it has fewer than half as many articles as this, because
  // then some sources are probably missing.
  std::optional<GenerationSize> at_least_half_of = std::nullopt;
  // Resources to use. More memory means fewer, larger sort runs and shards.
  uint64_t memory_bytes = 400ULL << 20;
  int threads = 0;  // 0 = as many as there are cores
  // Called from the building threads, one at a time, at most some ten times a second.
  std::function<void(const Progress&)> on_progress = {};
  // Finish calls this, from its thread, for each article that another with the same id supersedes.
  // Articles are numbered from 0, in the order in which Add accepted them, without those that were
  // taken down.
  std::function<void(uint64_t dropped, uint64_t kept)> on_superseded = {};
  // Add calls this, from its thread, when it leaves out an article that was taken down.
  std::function<void()> on_taken_down = {};
  // Polled often; when it returns true the build stops with CANCELLED and removes its files.
  std::function<bool()> cancelled = {};
};

struct BuildReport {
  storage::GenerationRef ref;
  uint64_t added = 0;       // accepted by Add
  uint64_t superseded = 0;  // dropped, because another had the same id
  uint64_t taken_down = 0;  // left out, because INDEX/takedowns has their ids; not in `added`
  uint64_t articles = 0;    // in the generation: added - superseded
  uint64_t undated = 0;
  schema::WithheldCounts withheld = {};  // of `articles`, when the generation was finished
  uint64_t without_language = 0;         // analysed in assumed_language
  storage::AssumedLanguage assumed_language = {};
  uint64_t input_bytes = 0;
  uint64_t index_bytes = 0;
};

// A generation that this process has built. The destructor removes it, unless Keep was called, or
// CURRENT names it or cannot be read. Movable; for one thread.
class BuiltGeneration {
 public:
  // `report.ref` has the claimed number.
  BuiltGeneration(storage::Layout layout, storage::GenerationClaim claim, BuildReport report);
  BuiltGeneration(BuiltGeneration&& other) noexcept;
  BuiltGeneration& operator=(BuiltGeneration&& other) = delete;
  ~BuiltGeneration();

  const BuildReport& report() const { return report_; }
  uint64_t number() const { return report_.ref.number; }
  std::filesystem::path folder() const { return layout_.generation(number()); }

  // Marks the generation as finished and releases the claim: it then stays until it is pruned, and
  // may be published later or by another process. Errors of FileError.
  absl::Status Keep();

 private:
  storage::Layout layout_;
  std::optional<storage::GenerationClaim> claim_;  // nullopt after Keep
  BuildReport report_;
};

// Call it from one thread; it owns its worker threads. Destroying it before Finish abandons the
// build and removes its folder.
class GenerationBuilder {
 public:
  // Builds in the folder of `claim`, which is in the index at `layout`. Reads the takedowns of the
  // index. Errors of storage::Takedowns::Read and FileError.
  static absl::StatusOr<std::unique_ptr<GenerationBuilder>> Start(const storage::Layout& layout,
                                                                  storage::GenerationClaim claim,
                                                                  BuildOptions options);

  virtual ~GenerationBuilder() = default;

  // Prepares (schema::PrepareArticle) and spools one article. INVALID_ARGUMENT refuses the article;
  // the build goes on. An article that was taken down is counted and left out. Any other error
  // (RESOURCE_EXHAUSTED: a full disk) ends the build, and every later call returns it again.
  virtual absl::Status Add(v1::Article article) = 0;

  // For a rebuild: stores the folded writes, ids that were written after the articles came from
  // sources (engine/storage/base/folded_writes.h). Call at most once, before Finish.
  virtual void FoldWrites(std::vector<storage::WrittenId> written) = 0;

  // Runs the remaining stages. Call once. The result is not verified, and stays unfinished
  // (engine/storage/index/generation_state.h) until it is kept or published. Any error removes the
  // folder. FAILED_PRECONDITION when there are no articles (see may_be_empty), or too few (see
  // at_least_half_of).
  virtual absl::StatusOr<BuiltGeneration> Finish() = 0;
};

}  // namespace broadsheet::indexing
