// SPDX-License-Identifier: GPL-3.0-or-later
// What was written into one generation since it was built, written into the next.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "absl/status/statusor.h"
#include "engine/indexing/live/live_writer.h"
#include "engine/storage/base/generation.h"
#include "engine/storage/index/index_lock.h"

namespace broadsheet::indexing {

struct CarriedWrites {
  uint64_t put = 0;
  // Of what the new generation does not have, too: it remembers them for the one after it.
  uint64_t deleted = 0;
  // The new generation has the same, or a higher version, or knows of the deletion.
  uint64_t superseded = 0;

  void Count(WriteOutcome outcome);
};

// Puts into live/ of `to` what was put into `from` since its articles last came from sources, and
// deletes there what was deleted from it, by id: neither where `to` has a higher version. All of it
// is on disk when this returns OK.
//
// Nobody else writes to `to`: `lock` is that of their index. Its holder may write to `from`
// meanwhile: then what is written is carried over in some state or not at all (handover.h sets it
// right). Errors of Handover::CarryAll.
absl::StatusOr<CarriedWrites> CarryWrites(const std::shared_ptr<const storage::Generation>& from,
                                          const std::shared_ptr<const storage::Generation>& to,
                                          const storage::IndexLock& lock,
                                          const std::function<bool()>& cancelled);

}  // namespace broadsheet::indexing
