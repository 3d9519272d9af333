// SPDX-License-Identifier: GPL-3.0-or-later
// Keeps the commits to live/ and copies of its files apart. What lies on disk while no commit ends
// is what a crash would leave there: the last committed state, whole, whatever the writer has begun
// since. So a copy taken under a hold is a whole database.
#pragma once

#include <filesystem>
#include <optional>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "engine/base/file_descriptor.h"

namespace broadsheet::storage {

// Holds `live`, the folder, against any other hold for as long as the descriptor is open; the
// kernel lets go when the process dies. nullopt when somebody else has held it for all of
// `patience`. Errors of FileError.
//
// Neither side can hang the other. A writer goes on without the hold when its patience ends; a copy
// looks afterwards whether a commit has come between (ReadLiveStamp) and is taken again then.
absl::StatusOr<std::optional<base::FileDescriptor>> HoldCommits(const std::filesystem::path& live,
                                                                absl::Duration patience);

// How long a commit waits for a copy.
inline constexpr absl::Duration kMaxCommitDelay = absl::Milliseconds(200);

}  // namespace broadsheet::storage
