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
// Calls RecordTakedowns first, so that the takedowns are on record. Every CURRENT that it writes
// says that they are, unless their lines are damaged and cannot be recorded.
//
// INVALID_ARGUMENT when `ref` is not a generation's name; errors of FileError. An error may occur
// after CURRENT was replaced (syncing the folder failed); ReadCurrent shows whether it was.
absl::Status SetCurrent(const IndexLock& lock, const GenerationRef& ref);

// Records the takedowns of an index that was made before records existed, whose CURRENT does not
// mention one. True when this call did so. False when the index has a record already, or cannot get
// one: CURRENT cannot be read, or the lines are damaged. Errors of SetCurrent.
absl::StatusOr<bool> UpgradeCurrent(const IndexLock& lock);

// Writes the first CURRENT of an index that is being made under a temporary name, such as a backup,
// so that no lock is needed. As SetCurrent otherwise. FAILED_PRECONDITION when there is a CURRENT.
absl::Status WriteFirstCurrent(const Layout& layout, const GenerationRef& ref);

}  // namespace broadsheet::storage
