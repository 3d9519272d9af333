// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/generation_keeper.h"

#include <algorithm>
#include <thread>
#include <utility>

#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "engine/build/publication.h"
#include "engine/build/rebuild.h"
#include "engine/schema/error.h"
#include "engine/storage/current.h"
#include "engine/storage/generations.h"
#include "engine/storage/live_check.h"
#include "engine/storage/manifest.h"
#include "engine/storage/verify.h"

namespace broadsheet::server {
namespace {

// So few writes are carried over within a pause that nobody notices.
constexpr size_t kFewIds = 100;
// With so many in one round, writes are slowed down: otherwise they might never be caught up with.
constexpr size_t kManyIds = 1000;

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

bool IsCancelled(const Watch& watch) { return watch.cancelled && watch.cancelled(); }

void Show(const Watch& watch, build::Stage stage, uint64_t articles) {
  if (watch.on_progress) watch.on_progress({.stage = stage, .done = 0, .total = articles});
}

int RebuildThreads(int wanted) {
  return wanted > 0 ? wanted
                    : std::max(1, static_cast<int>(std::thread::hardware_concurrency()) / 2);
}

}  // namespace

class GenerationKeeper::Recording {
 public:
  explicit Recording(WriteQueue& writes) : writes_(writes) {
    begun_ = writes_.RunBetweenGroups([](auto& writer) { writer->StartRecording(); });
  }
  ~Recording() {
    writes_.SetSlow(false);
    // A server that stops needs no more records.
    writes_.RunBetweenGroups([](auto& writer) { writer->TakeRecordedIds(); }).IgnoreError();
  }
  Recording(const Recording&) = delete;
  Recording& operator=(const Recording&) = delete;

  // UNAVAILABLE when the server stops.
  const absl::Status& begun() const { return begun_; }

  // What was recorded since the last call; goes on recording.
  absl::StatusOr<std::vector<std::string>> Take() {
    std::vector<std::string> ids;
    absl::Status taken = writes_.RunBetweenGroups([&ids](auto& writer) {
      ids = writer->TakeRecordedIds();
      writer->StartRecording();
    });
    if (!taken.ok()) return taken;
    return ids;
  }

 private:
  WriteQueue& writes_;
  absl::Status begun_;
};

GenerationKeeper::GenerationKeeper(storage::IndexLock& lock,
                                   std::shared_ptr<const storage::Generation> generation,
                                   WriteQueue& writes, ServedIndex& index, Logger& logger,
                                   GenerationKeeperOptions options)
    : lock_(lock),
      generation_(std::move(generation)),
      layout_(generation_->folder().parent_path().parent_path()),
      writes_(writes),
      index_(index),
      logger_(logger),
      options_(options) {}

absl::StatusOr<Publishing> GenerationKeeper::Rebuild(bool build_only, const Watch& watch) {
  Recording recording(writes_);
  if (!recording.begun().ok()) return recording.begun();
  const auto report = build::Rebuild({.index = layout_.root(),
                                      .lock_use = build::LockUse::kBorrow,
                                      .held_lock = &lock_,
                                      .publish = false,
                                      .memory_bytes = options_.rebuild_memory_bytes,
                                      .threads = RebuildThreads(options_.rebuild_threads),
                                      .on_progress = watch.on_progress,
                                      .cancelled = watch.cancelled});
  if (!report.ok()) return ForCaller(report.status());
  if (build_only) return Publishing{.ref = report->ref, .articles = report->articles};
  auto next = storage::Generation::Open(layout_.generation(report->ref.number));
  if (!next.ok()) return next.status();
  auto handover = build::Handover::Prepare(generation_, *next, lock_, build::Heir::kPredecessor,
                                           /*carry_all=*/false, watch.cancelled);
  if (!handover.ok()) return ForCaller(handover.status());
  return ChangeTo(*std::move(next), **handover, recording, /*discard=*/false, watch);
}

absl::StatusOr<Publishing> GenerationKeeper::Publish(const PublishOrder& order,
                                                     const Watch& watch) {
  const absl::StatusOr<uint64_t> number = NumberToPublish(order);
  if (!number.ok()) return number.status();
  const std::filesystem::path folder = layout_.generation(*number);
  const auto manifest = storage::ReadManifest(folder);
  if (absl::IsNotFound(manifest.status())) return NotFound(*number);
  if (!manifest.ok()) return manifest.status();
  if (manifest->ref.number == generation_->manifest().ref.number) {
    return Publishing{.ref = manifest->ref, .articles = manifest->articles, .published = true};
  }
  Recording recording(writes_);
  if (!recording.begun().ok()) return recording.begun();
  if (absl::Status lost = CheckWritesAtStake(order.live_writes); !lost.ok()) return lost;

  Show(watch, build::Stage::kVerify, manifest->articles);
  storage::VerifyOptions verify;
  verify.cancelled = watch.cancelled;
  if (absl::Status whole = storage::VerifyGeneration(folder, verify); !whole.ok()) return whole;
  auto next = storage::Generation::Open(folder);
  if (!next.ok()) return next.status();
  const bool discard = order.live_writes == build::LiveWrites::kDiscard;
  auto handover = build::Handover::Prepare(generation_, *next, lock_, build::Heir::kHigherVersion,
                                           /*carry_all=*/!discard, watch.cancelled);
  if (!handover.ok()) return ForCaller(handover.status());
  return ChangeTo(*std::move(next), **handover, recording, discard, watch);
}

absl::StatusOr<uint64_t> GenerationKeeper::NumberToPublish(const PublishOrder& order) const {
  const uint64_t published = generation_->manifest().ref.number;
  if (order.expected_published != 0 && order.expected_published != published) {
    return schema::Error(
        absl::StatusCode::kAborted, "GENERATION_CHANGED",
        absl::StrFormat("generation %d is published, not %d", published, order.expected_published));
  }
  if (order.number != 0) return order.number;
  const absl::StatusOr<uint64_t> previous = build::FindPrevious(layout_);
  if (!absl::IsNotFound(previous.status())) return previous;
  return schema::Error(
      absl::StatusCode::kNotFound, "GENERATION_NOT_FOUND",
      absl::StrFormat("there is no generation before number %d to go back to", published));
}

absl::Status GenerationKeeper::CheckWritesAtStake(build::LiveWrites wanted) const {
  if (wanted != build::LiveWrites::kRefuse) return absl::OkStatus();
  const auto written = storage::CountLive(generation_);
  if (!written.ok()) return written.status();
  if (written->empty()) return absl::OkStatus();
  return schema::Error(
      absl::StatusCode::kFailedPrecondition, "LIVE_WRITES_AT_STAKE",
      absl::StrFormat("the published generation was written to since it was built: %d articles "
                      "put, %d of its own replaced or deleted; carry them over (--keep-writes) or "
                      "lose them (--discard-writes)",
                      written->articles, written->hidden),
      {{"count", std::to_string(written->articles + written->hidden)}});
}

absl::StatusOr<Publishing> GenerationKeeper::ChangeTo(
    std::shared_ptr<const storage::Generation> next, build::Handover& handover,
    Recording& recording, bool discard, const Watch& watch) {
  Show(watch, build::Stage::kPublish, next->manifest().articles);
  for (bool many_left = !discard; many_left;) {
    if (IsCancelled(watch)) return absl::CancelledError("stopped before it was published");
    auto ids = recording.Take();
    if (!ids.ok()) return ids.status();
    many_left = ids->size() > kFewIds;
    writes_.SetSlow(ids->size() > kManyIds);
    if (absl::Status caught_up = handover.CatchUp(*std::move(ids)); !caught_up.ok()) {
      return ForCaller(caught_up);
    }
  }
  Publishing publishing{.ref = next->manifest().ref, .articles = next->manifest().articles};
  absl::Status changed;
  absl::Status run = writes_.RunBetweenGroups([&](std::unique_ptr<build::LiveWriter>& writer) {
    const absl::Time begin = absl::Now();
    changed = Change(next, handover, writer, discard, publishing);
    publishing.write_pause = absl::Now() - begin;
  });
  if (!run.ok()) return run;
  if (!changed.ok()) return ForCaller(changed);
  publishing.carried = handover.carried();
  logger_.Info(absl::StrFormat(
      "published generation %d: carried over %d puts and %d deletions, discarded %d writes; "
      "writes waited %d ms",
      publishing.ref.number, publishing.carried.put, publishing.carried.deleted,
      publishing.discarded_writes(), absl::ToInt64Milliseconds(publishing.write_pause)));
  return publishing;
}

absl::Status GenerationKeeper::Change(std::shared_ptr<const storage::Generation> next,
                                      build::Handover& handover,
                                      std::unique_ptr<build::LiveWriter>& writer, bool discard,
                                      Publishing& publishing) {
  if (discard) {
    const auto lost = storage::CountLive(generation_);
    if (!lost.ok()) return lost.status();
    publishing.discarded = *lost;
  } else {
    if (absl::Status rest = handover.CatchUp(writer->TakeRecordedIds()); !rest.ok()) return rest;
  }
  const absl::Status moved = storage::WriteCurrent(layout_, next->manifest().ref);
  if (!moved.ok()) {
    // It may have failed after the file was in its place: then readers have changed over already.
    const auto current = storage::ReadCurrent(layout_);
    if (!current.ok() || *current != next->manifest().ref) return moved;
    logger_.Error(absl::StrFormat("generation %d is published, but may not survive a power cut: %s",
                                  next->manifest().ref.number, std::string(moved.message())));
  }
  publishing.published = true;
  generation_ = std::move(next);
  writer = handover.TakeWriter();
  // Before any write to it is acknowledged: those who wrote find what they wrote. A failure is
  // logged, and tried again by the index's own thread.
  index_.Refresh().IgnoreError();
  return absl::OkStatus();
}

absl::StatusOr<std::vector<uint64_t>> GenerationKeeper::Prune(size_t keep) {
  auto removed = storage::RemoveAbandoned(layout_, lock_);
  if (!removed.ok()) return removed.status();
  const auto pruned = storage::Prune(layout_, lock_, keep);
  if (!pruned.ok()) return pruned.status();
  removed->insert(removed->end(), pruned->begin(), pruned->end());
  std::sort(removed->rbegin(), removed->rend());
  return removed;
}

}  // namespace broadsheet::server
