// SPDX-License-Identifier: GPL-3.0-or-later
// CURRENT, the pointer to the published generation: one line, "000007 <build id> takedowns.record".
// The last word says that the index has that file (takedowns_record.h). Without it the index is
// from before there was one; versions from before do not read a CURRENT that has it.
#pragma once

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/storage/index/layout.h"

namespace broadsheet::storage {

struct CurrentLine {
  GenerationRef ref;
  bool takedowns_recorded = false;
};

// NOT_FOUND when `layout` is no index or nothing was published yet, DATA_LOSS when the file holds
// something else; both messages name the folder and the command that mends it.
absl::StatusOr<CurrentLine> ReadCurrentLine(const Layout& layout);
absl::StatusOr<GenerationRef> ReadCurrent(const Layout& layout);

// Marks the generation's folder as one that was published, replaces CURRENT atomically and durably
// (temporary file, fsync, rename, fsync of the folder), and removes the folder its build worked in.
// A crash leaves the old pointer or the new, never none. The caller holds the IndexLock.
//
// Before it moves CURRENT it sees to it that what was taken down is on record (RecordTakedowns):
// every CURRENT that it writes says so, unless the lines are damaged that it would have to record.
absl::Status WriteCurrent(const Layout& layout, const GenerationRef& ref);

// Puts what was taken down on record in an index from before there were records, where CURRENT does
// not say yet that it is. True when that was done just now. False when it was done before, or
// cannot be: CURRENT cannot be read, or the lines are damaged. The caller holds the IndexLock.
// Errors of WriteCurrent.
absl::StatusOr<bool> UpgradeCurrent(const Layout& layout);

// Whether the generation in this folder is or was the published one: only then did anybody write to
// it, and can one go back to it.
bool WasPublished(const std::filesystem::path& generation);

}  // namespace broadsheet::storage
