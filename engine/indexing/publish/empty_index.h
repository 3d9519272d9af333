// SPDX-License-Identifier: GPL-3.0-or-later
// The index of a folder that has none yet, for a server that is fed from nothing.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "engine/storage/index/layout.h"

namespace broadsheet::indexing {

// Publishes a generation without articles if the folder never had one; makes the folder if it is
// absent. True if it did. Changes nothing where a generation was ever made, be CURRENT lost or not.
// Takes the lock under the name `holder` meanwhile. Errors of IndexLock::Acquire (a folder that
// holds something else), GenerationBuilder and PublishGeneration.
absl::StatusOr<bool> MakeEmptyIndex(const storage::Layout& layout, const std::string& holder);

}  // namespace broadsheet::indexing
