// SPDX-License-Identifier: GPL-3.0-or-later
// The published generation of an index, held for writing.
//
//   absl::StatusOr<WritableIndex> index = WritableIndex::Open(layout, "a server that writes");
//   index->writer->Write(...);
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "engine/indexing/live/live_writer.h"
#include "engine/storage/base/generation.h"
#include "engine/storage/index/index_lock.h"
#include "engine/storage/index/layout.h"

namespace broadsheet::indexing {

// As long as it lives, no other process can publish or write. Members are destroyed in reverse
// order, the lock last.
struct WritableIndex {
  storage::IndexLock lock;
  std::shared_ptr<const storage::Generation> generation;
  std::unique_ptr<LiveWriter> writer;
  // True when the index was made before takedowns were recorded, and Open has just recorded them
  // (storage::UpgradeCurrent).
  bool takedowns_recorded = false;

  // Takes the lock under the name `holder`. Errors of storage::ReadCurrent (when nothing is
  // published, no folder is made), IndexLock::Acquire (FAILED_PRECONDITION names the holder),
  // Takedowns::Read, UpgradeCurrent, Generation::OpenCurrent and LiveWriter::Open.
  static absl::StatusOr<WritableIndex> Open(const storage::Layout& layout,
                                            const std::string& holder);
};

}  // namespace broadsheet::indexing
