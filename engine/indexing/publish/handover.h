// SPDX-License-Identifier: GPL-3.0-or-later
// Replaces one generation by another. The same process may go on writing to the old generation
// until the moment of the change.
//
//   1. between two writes:  writer->StartRecording()
//   2. build `to`, or choose one that is there; verify it
//   3. Handover::Prepare(...); handover->CarryAll(...) unless `to` was built from `from`
//   4. while writes go on:  handover->CatchUp(ids recorded since), until they are few
//   5. between two writes:  CatchUp(the last ids); SetCurrent; go on with handover->TakeWriter()
//
// No acknowledged write is lost: writes before step 1 are in `to` already, or step 3 carries them
// over; later writes are recorded, and steps 4 and 5 carry them over by their ids.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/indexing/live/live_writer.h"
#include "engine/storage/base/folded_writes.h"
#include "engine/storage/base/generation.h"
#include "engine/storage/index/index_lock.h"
#include "engine/storage/live/snapshot.h"

namespace broadsheet::indexing {

struct CarriedWrites {
  uint64_t put = 0;
  // Includes deletions of articles that the new generation does not have: it records them for the
  // next.
  uint64_t deleted = 0;
  // The new generation has the same article or a higher version, or has recorded the deletion.
  uint64_t superseded = 0;

  void Count(WriteOutcome outcome);
};

// Decides which version stays when `to` has an article that was written in `from`.
enum class ConflictRule : uint8_t {
  // `to` was built from other sources: the higher version stays; a deletion counts by its version.
  kHigherVersion,
  // `to` was built from `from`: the state in `from` always wins.
  kPredecessor,
};

// Not thread-safe.
class Handover {
 public:
  // Opens `to` for writing. If `to` was never published, the writes of an interrupted handover are
  // removed from it first. `lock` is that of their index, and must be held longer than this lives.
  // Errors of LiveWriter::Open, and FileError.
  static absl::StatusOr<std::unique_ptr<Handover>> Prepare(
      std::shared_ptr<const storage::Generation> from,
      std::shared_ptr<const storage::Generation> to, const storage::IndexLock& lock,
      ConflictRule rule);

  // Applies every write made to `from` (ReadWrittenIds) to `to`. CANCELLED when `cancelled` (may be
  // empty) returns true; errors as CatchUp.
  absl::Status CarryAll(const std::function<bool()>& cancelled);

  // Applies the present state in `from` of each of `ids` to `to`; it is on disk when this returns
  // OK. When `to` was built from `from`, which may have left out what was taken down then, also of
  // the articles that are taken down no more. ABORTED when the writer of `from` kept overtaking the
  // reading; errors of LiveWriter and Takedowns::Read.
  absl::Status CatchUp(const std::vector<std::string>& ids,
                       const std::function<bool()>& cancelled = {});

  // The writes carried over so far.
  const CarriedWrites& carried() const { return carried_; }

  // Ends the handover and returns the writer of `to`.
  std::unique_ptr<LiveWriter> TakeWriter() { return std::move(writer_); }

 private:
  Handover(std::shared_ptr<const storage::Generation> from,
           std::shared_ptr<const storage::Generation> to, ConflictRule rule)
      : from_(std::move(from)), to_(std::move(to)), rule_(rule) {}
  absl::Status Carry(const std::vector<storage::WrittenId>& ids,
                     const std::function<bool()>& cancelled);
  // Adds the ids that are taken down no more to `written`, each once.
  absl::Status AddUndone(std::vector<storage::WrittenId>& written);
  absl::Status ReadFoldedDeletions();
  // Adds to `writes` what carries ids[next] and the following over from `from` to `to`, up to one
  // commit's worth; moves `next` past these ids.
  absl::Status Resolve(const std::vector<storage::WrittenId>& ids, size_t& next,
                       std::vector<LiveWrite>& writes);
  absl::Status ResolveOne(const storage::Snapshot& from, const storage::WrittenId& written,
                          std::vector<LiveWrite>& writes);
  absl::Status ResolveDeletion(const std::string& id, int64_t version,
                               std::vector<LiveWrite>& writes);
  // Whether `to`, which has no such article, has recorded a deletion of this version or a higher
  // one.
  bool KnowsDeletion(const std::string& id, int64_t version) const;

  const std::shared_ptr<const storage::Generation> from_;
  const std::shared_ptr<const storage::Generation> to_;
  const ConflictRule rule_;
  std::unique_ptr<LiveWriter> writer_;
  // Ids that were taken down and are no more, as far as they were carried over.
  std::unordered_set<std::string> undone_;
  // Deletions that base/ of `to` has recorded (ReadFoldedWrites): the version by id.
  std::unordered_map<std::string, int64_t> folded_deletions_;
  // The latest snapshot of `from`.
  std::unique_ptr<storage::Snapshot> from_state_;
  // A snapshot of `to` after the last commit; only this object writes to `to`.
  std::unique_ptr<storage::Snapshot> to_state_;
  CarriedWrites carried_;
};

// Applies to `to` the puts and deletions that were made in `from` since its articles last came from
// sources, except where `to` has a higher version. All are on disk when this returns OK.
//
// `lock` is that of their index, so nobody else writes to `to`. The holder may write to `from`
// during the call; articles written then may be carried over in an older state or not at all (a
// Handover corrects this). Errors of Handover::CarryAll.
absl::StatusOr<CarriedWrites> CarryWrites(const std::shared_ptr<const storage::Generation>& from,
                                          const std::shared_ptr<const storage::Generation>& to,
                                          const storage::IndexLock& lock,
                                          const std::function<bool()>& cancelled);

}  // namespace broadsheet::indexing
