// SPDX-License-Identifier: GPL-3.0-or-later
// The generations of the index that a writable server serves: builds new ones, and puts another in
// the place of the one being written and searched without failing a search or losing a write.
//
//   1. record which ids are written from now on
//   2. build the new generation, or verify the one that is there
//   3. carry over what was written meanwhile, while writes go on, until little is left
//   4. hold writes up: carry over the rest, move CURRENT, search and write the new one
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
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
#include "server/base/logger.h"
#include "server/generations/served_index.h"
#include "server/generations/write_queue.h"

namespace broadsheet::server {

struct GenerationManagerOptions {
  // What a rebuild takes; 0 threads = half of the cores, at least one.
  int rebuild_threads = 0;
  uint64_t rebuild_memory_bytes = 400ULL << 20;
};

// How one step of work is watched and stopped; both may be empty.
struct Watch {
  // Called from several threads, one at a time.
  std::function<void(const indexing::Progress&)> on_progress = {};
  // Polled often; once it is true the work ends with CANCELLED, unless it is about to publish.
  std::function<bool()> cancelled = {};
};

struct PublishOrder {
  // 0 = the one before the published one.
  uint64_t number = 0;
  // The build id of that one; empty = whatever it is.
  std::string build_id = {};
  // 0 = whichever is published.
  uint64_t expected_published = 0;
  indexing::WritePolicy live_writes = indexing::WritePolicy::kRefuse;
};

// What was done.
struct Publishing {
  storage::GenerationRef ref;
  uint64_t articles = 0;  // of its base/
  // Whether it is the published one now.
  bool published = false;
  indexing::CarriedWrites carried = {};
  storage::LiveCounts discarded = {};
  // How long writes were held up.
  absl::Duration write_pause = absl::ZeroDuration();

  // The API's numbers.
  int32_t carried_writes() const { return static_cast<int32_t>(carried.put + carried.deleted); }
  int32_t discarded_writes() const { return static_cast<int32_t>(discarded.total()); }
};

// One thread calls, and not the writer's. Errors have a reason (schema/error.h) as
// admin_service.proto names it, or none when they are faults.
class GenerationManager {
 public:
  // `lock` is that of the index, `generation` the published one, which `writes` writes and `index`
  // serves. All references outlive this; nobody else uses `lock`.
  GenerationManager(storage::IndexLock& lock, std::shared_ptr<const storage::Generation> generation,
                    WriteQueue& writes, ServedIndex& index, Logger& logger,
                    GenerationManagerOptions options);

  // Builds a new generation from what is stored and publishes it, unless `build_only`.
  // RESOURCE_EXHAUSTED (INDEX_FULL), CANCELLED, UNAVAILABLE when the server stops, or a fault; the
  // published one is then as it was.
  absl::StatusOr<Publishing> Rebuild(bool build_only, const Watch& watch);

  // Verifies a generation and publishes it. Errors as Rebuild, and NOT_FOUND
  // (GENERATION_NOT_FOUND), ABORTED (GENERATION_CHANGED), DATA_LOSS
  // (GENERATION_DAMAGED), FAILED_PRECONDITION (LIVE_WRITES_AT_STAKE).
  absl::StatusOr<Publishing> Publish(const PublishOrder& order, const Watch& watch);

  // Removes what builds left unfinished, and generations but the published, `keep` before it and
  // those that are open somewhere. Returns their numbers.
  absl::StatusOr<std::vector<uint64_t>> Prune(size_t keep);

 private:
  // Records what is written while it lives.
  class Recording;

  absl::StatusOr<uint64_t> NumberToPublish(const PublishOrder& order) const;
  // Steps 3 and 4 for a generation that Rebuild has built.
  absl::StatusOr<Publishing> PublishRebuilt(uint64_t number, const Watch& watch);
  // Steps 3 and 4; what was written since the old generation was built is dropped when `discard`.
  absl::StatusOr<Publishing> ChangeTo(std::shared_ptr<const storage::Generation> next,
                                      indexing::Handover& handover, bool discard,
                                      const Watch& watch);
  // Step 4, on the writer's thread, for the last `ids` that were recorded.
  absl::Status Change(std::shared_ptr<const storage::Generation> next, indexing::Handover& handover,
                      const std::vector<std::string>& ids, bool discard,
                      std::unique_ptr<indexing::LiveWriter>& writer, Publishing& publishing);

  storage::IndexLock& lock_;
  // The published one.
  std::shared_ptr<const storage::Generation> generation_;
  const storage::Layout layout_;
  WriteQueue& writes_;
  ServedIndex& index_;
  Logger& logger_;
  const GenerationManagerOptions options_;
};

}  // namespace broadsheet::server
