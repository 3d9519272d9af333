// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/generations/generation_manager.h"

#include <algorithm>
#include <filesystem>
#include <limits>
#include <thread>
#include <utility>

#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "engine/indexing/publish/publisher.h"
#include "engine/indexing/publish/rebuild.h"
#include "engine/schema/error.h"
#include "engine/storage/index/current.h"
#include "engine/storage/index/generations.h"
#include "engine/storage/index/manifest.h"
#include "engine/storage/index/set_current.h"
#include "engine/storage/live/live_counts.h"
#include "server/base/remedy.h"

namespace broadsheet::server {
namespace {

// So few writes are carried over within a pause that nobody notices.
constexpr size_t kFewIds = 100;
// After so many rounds, each slower to write than the one before, what is left is carried over
// within the pause, however long that takes.
constexpr int kMaxRounds = 30;

absl::Status NotFound(uint64_t number) {
  return schema::Error(absl::StatusCode::kNotFound, "GENERATION_NOT_FOUND",
                       absl::StrFormat("there is no generation %d", number));
}

// What the engine says of a full disk and of a stop, in the API's words.
absl::Status ForCaller(const absl::Status& status) {
  if (!schema::ErrorReason(status).empty()) return status;
  if (absl::IsResourceExhausted(status)) {
    return schema::Error(status.code(), "INDEX_FULL",
                         "not enough room on the disk for another generation; free some, or prune");
  }
  return status;
}

// A generation that is to be published, and not the one that is served. What is wrong with it,
// which names files, is for the log.
absl::Status NotWhole(uint64_t number, const absl::Status& whole, Logger& logger) {
  if (!absl::IsDataLoss(whole)) return ForCaller(whole);
  logger.Error(absl::StrFormat("generation %d is not published: %s", number, WithRemedy(whole)));
  return schema::Error(
      whole.code(), "GENERATION_DAMAGED",
      absl::StrFormat("generation %d is damaged and was not published; the published one stays. "
                      "broadsheet-indexer verify --generation %d lists what is wrong with it",
                      number, number));
}

int RebuildThreads(int wanted) {
  return wanted > 0 ? wanted
                    : std::max(1, static_cast<int>(std::thread::hardware_concurrency()) / 2);
}

}  // namespace

class GenerationManager::Recording {
 public:
  explicit Recording(WriteQueue& writes) : writes_(writes) {
    begun_ = writes_.RunBetweenGroups([](auto& writer) { writer->StartRecording(); });
  }
  ~Recording() {
    writes_.SpeedUp();
    // A server that stops needs no more records.
    writes_.RunBetweenGroups([](auto& writer) { writer->TakeRecordedIds(); }).IgnoreError();
  }
  Recording(const Recording&) = delete;
  Recording& operator=(const Recording&) = delete;

  // UNAVAILABLE when the server stops.
  const absl::Status& begun() const { return begun_; }

 private:
  WriteQueue& writes_;
  absl::Status begun_;
};

GenerationManager::GenerationManager(storage::IndexLock& lock,
                                     std::shared_ptr<const storage::Generation> generation,
                                     WriteQueue& writes, ServedIndex& index, Logger& logger,
                                     GenerationManagerOptions options)
    : lock_(lock),
      generation_(std::move(generation)),
      layout_(generation_->layout()),
      writes_(writes),
      index_(index),
      logger_(logger),
      options_(options) {}

absl::StatusOr<Publishing> GenerationManager::Rebuild(const RebuildOrder& order,
                                                      const indexing::Watch& watch) {
  Recording recording(writes_);
  if (!recording.begun().ok()) return recording.begun();
  auto built =
      indexing::BuildFromStored(lock_, {.assumed_language = order.language,
                                        .memory_bytes = options_.rebuild_memory_bytes,
                                        .threads = RebuildThreads(options_.rebuild_threads),
                                        .on_progress = watch.on_progress,
                                        .cancelled = watch.cancelled});
  if (!built.ok()) return ForCaller(built.status());
  absl::Status whole = indexing::VerifyUnpublished(layout_, built->number(), watch);
  if (!whole.ok()) return ForCaller(whole);
  if (order.build_only) {
    if (absl::Status kept = built->Keep(); !kept.ok()) return ForCaller(kept);
    return Publishing{.ref = built->report().ref, .articles = built->report().articles};
  }
  // Unless it is published it is removed: without what was written meanwhile it is of no use, and
  // nobody asked for it.
  auto published = PublishRebuilt(built->number(), watch);
  // It is finished already, by being published.
  if (published.ok()) built->Keep().IgnoreError();
  return published;
}

absl::StatusOr<Publishing> GenerationManager::PublishRebuilt(uint64_t number,
                                                             const indexing::Watch& watch) {
  auto next = storage::Generation::Open(layout_.generation(number));
  if (!next.ok()) return next.status();
  auto handover =
      indexing::Handover::Prepare(generation_, *next, lock_, indexing::ConflictRule::kPredecessor);
  if (!handover.ok()) return ForCaller(handover.status());
  return ChangeTo(*std::move(next), **handover, /*discard=*/false, watch);
}

absl::StatusOr<Publishing> GenerationManager::Publish(const PublishOrder& order,
                                                      const indexing::Watch& watch) {
  const absl::StatusOr<uint64_t> number = NumberToPublish(order);
  if (!number.ok()) return number.status();
  const std::filesystem::path folder = layout_.generation(*number);
  const auto manifest = storage::ReadManifest(folder);
  if (absl::IsNotFound(manifest.status())) return NotFound(*number);
  if (!manifest.ok()) return NotWhole(*number, manifest.status(), logger_);
  if (!order.build_id.empty() && order.build_id != manifest->ref.build_id) return NotFound(*number);
  if (manifest->ref == generation_->manifest().ref) {
    // Mends a CURRENT that was lost or damaged.
    const auto current = storage::ReadCurrent(layout_);
    if (!current.ok() || *current != manifest->ref) {
      absl::Status mended = storage::SetCurrent(lock_, manifest->ref);
      if (!mended.ok()) return ForCaller(mended);
    }
    return Publishing{.ref = manifest->ref, .articles = manifest->articles, .published = true};
  }
  Recording recording(writes_);
  if (!recording.begun().ok()) return recording.begun();
  const auto writes = indexing::FindWritesAtStake(generation_, order.live_writes);
  if (!writes.ok()) return writes.status();
  absl::Status whole = indexing::VerifyUnpublished(layout_, *number, watch);
  if (!whole.ok()) return NotWhole(*number, whole, logger_);
  auto next = storage::Generation::Open(folder);
  if (!next.ok()) return next.status();
  auto handover = indexing::Handover::Prepare(generation_, *next, lock_,
                                              indexing::ConflictRule::kHigherVersion);
  if (!handover.ok()) return ForCaller(handover.status());
  const bool discard = order.live_writes == indexing::WritePolicy::kDiscard;
  if (!discard) {
    absl::Status carried = (*handover)->CarryAll(watch.cancelled);
    if (!carried.ok()) return ForCaller(carried);
  }
  return ChangeTo(*std::move(next), **handover, discard, watch);
}

absl::StatusOr<uint64_t> GenerationManager::NumberToPublish(const PublishOrder& order) const {
  const uint64_t published = generation_->manifest().ref.number;
  if (order.expected_published != 0 && order.expected_published != published) {
    return schema::Error(
        absl::StatusCode::kAborted, "GENERATION_CHANGED",
        absl::StrFormat("generation %d is published, not %d", published, order.expected_published));
  }
  if (order.number != 0) return order.number;
  const absl::StatusOr<uint64_t> previous = indexing::FindPrevious(layout_);
  if (!absl::IsNotFound(previous.status())) return previous;
  return schema::Error(
      absl::StatusCode::kNotFound, "GENERATION_NOT_FOUND",
      absl::StrFormat("there is no generation before number %d to go back to", published));
}

absl::StatusOr<Publishing> GenerationManager::ChangeTo(
    std::shared_ptr<const storage::Generation> next, indexing::Handover& handover, bool discard,
    const indexing::Watch& watch) {
  watch.StartStage(indexing::Stage::kPublish, next->manifest().articles);
  Publishing publishing{.ref = next->manifest().ref, .articles = next->manifest().articles};
  size_t before = std::numeric_limits<size_t>::max();
  for (int round = 1; !publishing.published; ++round) {
    if (watch.IsCancelled()) return absl::CancelledError("stopped before it was published");
    std::vector<std::string> ids;
    absl::Status changed;
    // Writes wait for this: the change when little is left, otherwise only a look.
    absl::Status run = writes_.RunBetweenGroups([&](std::unique_ptr<indexing::LiveWriter>& writer) {
      const absl::Time begin = absl::Now();
      if (!discard) ids = writer->TakeRecordedIds();
      if (ids.size() > kFewIds && round < kMaxRounds) {
        writer->StartRecording();
        return;
      }
      changed = Change(next, handover, ids, discard, writer, publishing);
      publishing.write_pause = absl::Now() - begin;
    });
    if (!run.ok()) return run;
    if (!changed.ok()) return ForCaller(changed);
    if (publishing.published) break;
    // Otherwise writes might come as fast as they are carried over, for ever.
    if (ids.size() > before / 2) writes_.SlowDown();
    before = ids.size();
    if (absl::Status caught_up = handover.CatchUp(ids, watch.cancelled); !caught_up.ok()) {
      return ForCaller(caught_up);
    }
  }
  publishing.carried = handover.carried();
  logger_.Info(absl::StrFormat(
      "published generation %d: carried over %d puts and %d deletions, discarded %d writes; "
      "writes waited %d ms",
      publishing.ref.number, publishing.carried.put, publishing.carried.deleted,
      publishing.discarded_writes(), absl::ToInt64Milliseconds(publishing.write_pause)));
  return publishing;
}

absl::Status GenerationManager::Change(std::shared_ptr<const storage::Generation> next,
                                       indexing::Handover& handover,
                                       const std::vector<std::string>& ids, bool discard,
                                       std::unique_ptr<indexing::LiveWriter>& writer,
                                       Publishing& publishing) {
  if (discard) {
    // As far as they can be counted: discarding is the way out of a damaged generation, too.
    publishing.discarded = storage::CountLive(generation_).value_or(storage::LiveCounts());
  } else if (absl::Status rest = handover.CatchUp(ids); !rest.ok()) {
    return rest;
  }
  const absl::Status moved = storage::SetCurrent(lock_, next->manifest().ref);
  if (!moved.ok()) {
    // It may have failed after the file was in its place: then readers have changed over already.
    const auto current = storage::ReadCurrent(layout_);
    if (!current.ok() || *current != next->manifest().ref) return moved;
    logger_.Error(absl::StrFormat("generation %d is published, but may not survive a power cut: %s",
                                  next->manifest().ref.number, WithRemedy(moved)));
  }
  publishing.published = true;
  generation_ = std::move(next);
  writer = handover.TakeWriter();
  // Before any write to it is acknowledged: those who wrote find what they wrote. A failure is
  // logged, and tried again by the index's own thread.
  index_.Refresh().IgnoreError();
  return absl::OkStatus();
}

absl::StatusOr<std::vector<uint64_t>> GenerationManager::Prune(size_t keep) {
  auto removed = storage::RemoveAbandoned(lock_);
  if (!removed.ok()) return removed.status();
  const auto pruned = storage::Prune(lock_, keep);
  if (!pruned.ok()) return pruned.status();
  removed->insert(removed->end(), pruned->begin(), pruned->end());
  std::sort(removed->rbegin(), removed->rend());
  return removed;
}

}  // namespace broadsheet::server
