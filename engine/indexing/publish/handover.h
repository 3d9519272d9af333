// SPDX-License-Identifier: GPL-3.0-or-later
// One generation takes the place of another, which may go on being written to, by the same process,
// until the moment of the change.
//
//   1. between two writes:  writer->StartRecording()
//   2. build `to`, or choose one that is there; verify it
//   3. Handover::Prepare(...); handover->CarryAll(...) unless `to` was built from `from`
//   4. while writes go on:  handover->CatchUp(ids recorded since), until they are few
//   5. between two writes:  CatchUp(the last ids); SetCurrent; go on with handover->TakeWriter()
//
// Nothing that was acknowledged is lost on the way: what was written before 1 is in `to` already or
// carried over by 3; what was written since is recorded, and resolved anew by its id in 4 and 5.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
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
  // Includes deletions of what the new generation does not have: it remembers them for the next.
  uint64_t deleted = 0;
  // The new generation has the same, or a higher version, or knows of the deletion.
  uint64_t superseded = 0;

  void Count(WriteOutcome outcome);
};

// Which one stays when `to` has an article that was written to in `from`.
enum class ConflictRule : uint8_t {
  // `to` was built from other sources: the one of the higher version, also against a deletion.
  kHigherVersion,
  // `to` was built from `from`, which therefore knows better in any case.
  kPredecessor,
};

// Not thread-safe.
class Handover {
 public:
  // Opens `to` for writing. What an attempt that was broken off left in a generation that was never
  // published is removed first. `lock` is that of their index, and held longer than this lives.
  // Errors of LiveWriter::Open, and FileError.
  static absl::StatusOr<std::unique_ptr<Handover>> Prepare(
      std::shared_ptr<const storage::Generation> from,
      std::shared_ptr<const storage::Generation> to, const storage::IndexLock& lock,
      ConflictRule rule);

  // Has `to` say of all that was written to `from` what `from` says (ReadWrittenIds). CANCELLED
  // when `cancelled` (may be empty) says so; errors as CatchUp.
  absl::Status CarryAll(const std::function<bool()>& cancelled);

  // Has `to` say of each id what `from` says now: on disk when this returns OK. ABORTED when the
  // writer of `from` overtook the reading again and again; errors of LiveWriter.
  absl::Status CatchUp(const std::vector<std::string>& ids,
                       const std::function<bool()>& cancelled = {});

  // What was carried over so far.
  const CarriedWrites& carried() const { return carried_; }

  // The writer of `to`; the handover is over.
  std::unique_ptr<LiveWriter> TakeWriter() { return std::move(writer_); }

 private:
  Handover(std::shared_ptr<const storage::Generation> from,
           std::shared_ptr<const storage::Generation> to, ConflictRule rule)
      : from_(std::move(from)), to_(std::move(to)), rule_(rule) {}
  absl::Status Carry(const std::vector<storage::WrittenId>& ids,
                     const std::function<bool()>& cancelled);
  absl::Status ReadFoldedDeletions();
  // Adds the writes that have `to` say what `from` says of ids[next] and the following, as many as
  // make one commit; `next` goes on behind them.
  absl::Status Resolve(const std::vector<storage::WrittenId>& ids, size_t& next,
                       std::vector<LiveWrite>& writes);
  absl::Status ResolveOne(const storage::Snapshot& from, const storage::WrittenId& written,
                          std::vector<LiveWrite>& writes);
  absl::Status ResolveDeletion(const std::string& id, int64_t version,
                               std::vector<LiveWrite>& writes);
  // Whether `to`, which has no such article, knows of the deletion of this version or a higher one.
  bool KnowsDeletion(const std::string& id, int64_t version) const;

  const std::shared_ptr<const storage::Generation> from_;
  const std::shared_ptr<const storage::Generation> to_;
  const ConflictRule rule_;
  std::unique_ptr<LiveWriter> writer_;
  // Deletions that base/ of `to` remembers (ReadFoldedWrites): the version by id.
  std::unordered_map<std::string, int64_t> folded_deletions_;
  // `from` as it was read last.
  std::unique_ptr<storage::Snapshot> from_state_;
  // `to` as of the last commit; nobody but this object writes to it.
  std::unique_ptr<storage::Snapshot> to_state_;
  CarriedWrites carried_;
};

// Puts into live/ of `to` what was put into `from` since its articles last came from sources, and
// deletes there what was deleted from it, by id: neither where `to` has a higher version. All of it
// is on disk when this returns OK.
//
// Nobody else writes to `to`: `lock` is that of their index. Its holder may write to `from`
// meanwhile: then what is written is carried over in some state or not at all (a Handover sets it
// right). Errors of Handover::CarryAll.
absl::StatusOr<CarriedWrites> CarryWrites(const std::shared_ptr<const storage::Generation>& from,
                                          const std::shared_ptr<const storage::Generation>& to,
                                          const storage::IndexLock& lock,
                                          const std::function<bool()>& cancelled);

}  // namespace broadsheet::indexing
