// SPDX-License-Identifier: GPL-3.0-or-later
// Moves CURRENT (current.h) to another generation, which publishes it.
#pragma once

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/storage/index/current.h"
#include "engine/storage/index/index_lock.h"
#include "engine/storage/index/layout.h"

namespace broadsheet::storage {

// Marks the generation's folder as one that was published, replaces CURRENT atomically and durably
// (temporary file, fsync, rename, fsync of the folder), and removes the folder its build worked in.
// A crash leaves the old pointer or the new, never none.
//
// Before it moves CURRENT it sees to it that what was taken down is on record (RecordTakedowns):
// every CURRENT that it writes says so, unless the lines are damaged that it would have to record.
//
// INVALID_ARGUMENT for what is no generation's name; errors of FileError. An error may come after
// CURRENT was replaced (its folder could not be synced): ReadCurrent tells.
absl::Status SetCurrent(const IndexLock& lock, const GenerationRef& ref);

// Puts what was taken down on record in an index from before there were records, where CURRENT does
// not say yet that it is. True when that was done just now. False when it was done before, or
// cannot be: CURRENT cannot be read, or the lines are damaged. Errors of SetCurrent.
absl::StatusOr<bool> UpgradeCurrent(const IndexLock& lock);

// The first CURRENT of an index that is still being made, which nobody else can know of: a copy
// under a temporary name. As SetCurrent otherwise. FAILED_PRECONDITION when there is a CURRENT.
absl::Status WriteFirstCurrent(const Layout& layout, const GenerationRef& ref);

}  // namespace broadsheet::storage
