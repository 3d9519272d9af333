// SPDX-License-Identifier: GPL-3.0-or-later
// The lock of an index for a call that wants to see it: SetCurrent(LockOf(layout), ref).
#pragma once

#include <stdexcept>

#include "engine/storage/index/index_lock.h"

namespace broadsheet::testing {

// Throws std::runtime_error when somebody else has it.
inline storage::IndexLock LockOf(const storage::Layout& layout) {
  auto lock = storage::IndexLock::Acquire(layout, "a test");
  if (!lock.ok()) throw std::runtime_error(lock.status().ToString());
  return *std::move(lock);
}

}  // namespace broadsheet::testing
