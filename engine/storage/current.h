// SPDX-License-Identifier: GPL-3.0-or-later
// CURRENT, the pointer to the published generation: one line, "000007 <build id>".
#pragma once

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/storage/layout.h"

namespace broadsheet::storage {

// NOT_FOUND when `layout` is no index or nothing was published yet, DATA_LOSS when the file holds
// something else; both messages name the folder and the command that mends it.
absl::StatusOr<GenerationRef> ReadCurrent(const Layout& layout);

// Marks the generation's folder as one that was published, replaces CURRENT atomically and durably
// (temporary file, fsync, rename, fsync of the folder), and removes the folder its build worked in.
// A crash leaves the old pointer or the new, never none. The caller holds the IndexLock.
absl::Status WriteCurrent(const Layout& layout, const GenerationRef& ref);

// Whether the generation in this folder is or was the published one: only then did anybody write to
// it, and can one go back to it.
bool WasPublished(const std::filesystem::path& generation);

}  // namespace broadsheet::storage
