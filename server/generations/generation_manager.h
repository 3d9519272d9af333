// SPDX-License-Identifier: GPL-3.0-or-later
// Manages the generations of the index of a writable server: builds new ones, and replaces the one
// being searched and written without failing a search or losing a write.
//
//   1. record which ids are written from now on
//   2. build the new generation, or verify the one that is there
//   3. carry over what was written meanwhile, while writes go on, until little is left
//   4. hold writes up: carry over the rest, move CURRENT, search and write the new one
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "engine/indexing/bulk/progress.h"
#include "engine/indexing/publish/handover.h"
#include "engine/indexing/publish/writes_at_stake.h"
#include "engine/storage/base/generation.h"
#include "engine/storage/index/index_lock.h"
#include "engine/storage/index/layout.h"
#include "engine/storage/index/manifest.h"
#include "server/base/logger.h"
#include "server/generations/served_index.h"
#include "server/generations/write_queue.h"

namespace broadsheet::server {

struct GenerationManagerOptions {
  // Resources of a rebuild; 0 threads = half of the cores, at least one.
  int rebuild_threads = 0;
  uint64_t rebuild_memory_bytes = 400ULL << 20;
};

struct RebuildOrder {
  bool build_only = false;  // verified, and not published
  // As in indexing::BuildFromStored.
  std::optional<storage::AssumedLanguage> language = {};
};

struct PublishOrder {
  // 0 = the generation before the published one.
  uint64_t number = 0;
  // The expected build id of that generation; empty = any.
  std::string build_id = {};
  // The expected number of the published generation; 0 = any.
  uint64_t expected_published = 0;
  indexing::WritePolicy live_writes = indexing::WritePolicy::kRefuse;
};

// The result of a rebuild or a publication.
struct Publishing {
  storage::GenerationRef ref;
  uint64_t articles = 0;  // in its base/
  // Whether `ref` is now the published generation.
  bool published = false;
  indexing::CarriedWrites carried = {};
  storage::LiveCounts discarded = {};
  // How long writes were held up.
  absl::Duration write_pause = absl::ZeroDuration();

  // The counts as the API reports them.
  int32_t carried_writes() const { return static_cast<int32_t>(carried.put + carried.deleted); }
  int32_t discarded_writes() const { return static_cast<int32_t>(discarded.total()); }
};

// Call it from one thread, not the writer's. Errors have a reason (schema/error.h) from
// admin_service.proto; internal faults have none.
class GenerationManager {
 public:
  // `lock` is that of the index; `generation` is the published one, which `writes` writes and
  // `index` serves. All references must outlive this; nobody else may use `lock`.
  GenerationManager(storage::IndexLock& lock, std::shared_ptr<const storage::Generation> generation,
                    WriteQueue& writes, ServedIndex& index, Logger& logger,
                    GenerationManagerOptions options);

  // Builds a new generation from the stored articles and publishes it, unless `build_only` is set.
  // RESOURCE_EXHAUSTED (INDEX_FULL), CANCELLED, UNAVAILABLE when the server stops, or an internal
  // fault; the published generation then stays published.
  absl::StatusOr<Publishing> Rebuild(const RebuildOrder& order, const indexing::Watch& watch);

  // Verifies a generation and publishes it. Errors as Rebuild, and NOT_FOUND
  // (GENERATION_NOT_FOUND), ABORTED (GENERATION_CHANGED), DATA_LOSS
  // (GENERATION_DAMAGED), FAILED_PRECONDITION (LIVE_WRITES_AT_STAKE).
  absl::StatusOr<Publishing> Publish(const PublishOrder& order, const indexing::Watch& watch);

  // Removes the unfinished generations of interrupted builds, and all generations except the
  // published one, the `keep` before it and those that a process has open. Returns the numbers
  // removed.
  absl::StatusOr<std::vector<uint64_t>> Prune(size_t keep);

 private:
  // Records the ids that are written while it lives.
  class Recording;

  absl::StatusOr<uint64_t> NumberToPublish(const PublishOrder& order) const;
  // Steps 3 and 4 for a generation that Rebuild has built.
  absl::StatusOr<Publishing> PublishRebuilt(uint64_t number, const indexing::Watch& watch);
  // Steps 3 and 4; with `discard`, writes made since the old generation was built are dropped.
  absl::StatusOr<Publishing> ChangeTo(std::shared_ptr<const storage::Generation> next,
                                      indexing::Handover& handover, bool discard,
                                      const indexing::Watch& watch);
  // Step 4, on the writer's thread; `ids` are the last ones recorded.
  absl::Status Change(std::shared_ptr<const storage::Generation> next, indexing::Handover& handover,
                      const std::vector<std::string>& ids, bool discard,
                      std::unique_ptr<indexing::LiveWriter>& writer, Publishing& publishing);

  storage::IndexLock& lock_;
  // The published generation.
  std::shared_ptr<const storage::Generation> generation_;
  const storage::Layout layout_;
  WriteQueue& writes_;
  ServedIndex& index_;
  Logger& logger_;
  const GenerationManagerOptions options_;
};

}  // namespace broadsheet::server
