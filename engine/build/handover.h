// SPDX-License-Identifier: GPL-3.0-or-later
// One generation takes the place of another that goes on being written to, by the same process,
// until the moment of the change.
//
//   1. between two writes:  writer->StartRecording()
//   2. build `to`, or choose one that is there; verify it
//   3. Handover::Prepare(...)
//   4. while writes go on:  handover->CatchUp(ids recorded since), until they are few
//   5. between two writes:  CatchUp(the last ids); WriteCurrent; go on with handover->TakeWriter()
//
// Nothing that was acknowledged is lost on the way: what was written before 1 is in `to` already or
// carried over by 3, what was written since is recorded, and resolved anew by its id in 4 and 5.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/build/carry_over.h"
#include "engine/build/live_writer.h"
#include "engine/storage/generation.h"
#include "engine/storage/index_lock.h"

namespace broadsheet::build {

// Which one stays when `to` has an article that was written to in `from`.
enum class Heir : uint8_t {
  // `to` was built from other sources: the one of the higher version.
  kHigherVersion,
  // `to` was built from `from`, which therefore knows better in any case.
  kPredecessor,
};

// Not thread-safe.
class Handover {
 public:
  // Opens `to` for writing. `carry_all`: carries over what live/ of `from` holds, as CarryWrites,
  // which `cancelled` (may be empty) stops. `lock` is that of their index, and held longer than
  // this lives. Errors of CarryWrites and LiveWriter::Open.
  static absl::StatusOr<std::unique_ptr<Handover>> Prepare(
      std::shared_ptr<const storage::Generation> from,
      std::shared_ptr<const storage::Generation> to, const storage::IndexLock& lock, Heir heir,
      bool carry_all, const std::function<bool()>& cancelled);

  // Has `to` say of each id what `from` says now: on disk when this returns OK. An id may come more
  // than once. ABORTED when the writer of `from` overtook the reading again and again; errors of
  // LiveWriter.
  absl::Status CatchUp(std::vector<std::string> ids);

  // What was carried over so far.
  const CarriedWrites& carried() const { return carried_; }

  // The writer of `to`; the handover is over.
  std::unique_ptr<LiveWriter> TakeWriter() { return std::move(writer_); }

 private:
  Handover(std::shared_ptr<const storage::Generation> from,
           std::shared_ptr<const storage::Generation> to, Heir heir)
      : from_(std::move(from)), to_(std::move(to)), heir_(heir) {}
  // The writes that have `to` say what `from` says of `ids`.
  absl::StatusOr<std::vector<LiveWrite>> Resolve(const std::vector<std::string>& ids) const;

  const std::shared_ptr<const storage::Generation> from_;
  const std::shared_ptr<const storage::Generation> to_;
  const Heir heir_;
  std::unique_ptr<LiveWriter> writer_;
  CarriedWrites carried_;
};

}  // namespace broadsheet::build
