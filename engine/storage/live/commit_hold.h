// SPDX-License-Identifier: GPL-3.0-or-later
// Keeps a commit to live/ from happening during a copy of its files. As long as no commit happens,
// the files are as a crash would leave them: they hold the last committed state, complete, whatever
// the writer has begun since. So a copy made under a hold is a complete database.
#pragma once

#include <filesystem>
#include <optional>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "engine/base/file_descriptor.h"

namespace broadsheet::storage {

// Holds the folder `live` while the descriptor is open; only one hold exists at a time, and the
// kernel frees it when the process dies. nullopt when another hold lasts longer than `patience`.
// Errors of FileError.
//
// Neither side can block the other for ever. A writer commits without a hold when its patience
// ends; a copier checks afterwards whether a commit happened meanwhile (ReadLiveStamp), and if so
// copies again.
absl::StatusOr<std::optional<base::FileDescriptor>> HoldCommits(const std::filesystem::path& live,
                                                                absl::Duration patience);

// The longest that a commit waits for a copy.
inline constexpr absl::Duration kMaxCommitDelay = absl::Milliseconds(200);

}  // namespace broadsheet::storage
