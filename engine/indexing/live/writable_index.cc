// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/indexing/live/writable_index.h"

#include <utility>

#include "engine/storage/index/current.h"
#include "engine/storage/index/set_current.h"
#include "engine/storage/index/takedowns.h"

namespace broadsheet::indexing {

absl::StatusOr<WritableIndex> WritableIndex::Open(const storage::Layout& layout,
                                                  const std::string& holder) {
  // Checked first, since taking the lock makes the folder.
  if (const auto published = storage::ReadCurrent(layout); !published.ok()) {
    return published.status();
  }
  absl::StatusOr<storage::IndexLock> lock = storage::IndexLock::Acquire(layout, holder);
  if (!lock.ok()) return lock.status();
  // Without takedowns nothing can be written, and the writer's own errors do not name the remedy.
  if (const auto takedowns = storage::Takedowns::Read(layout); !takedowns.ok()) {
    return takedowns.status();
  }
  const absl::StatusOr<bool> upgraded = storage::UpgradeCurrent(*lock);
  if (!upgraded.ok()) return upgraded.status();
  auto generation = storage::Generation::OpenCurrent(layout);
  if (!generation.ok()) return generation.status();
  auto writer = LiveWriter::Open(*generation, *lock);
  if (!writer.ok()) return writer.status();
  return WritableIndex{*std::move(lock), *std::move(generation), *std::move(writer), *upgraded};
}

}  // namespace broadsheet::indexing
