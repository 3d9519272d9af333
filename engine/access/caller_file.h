// SPDX-License-Identifier: GPL-3.0-or-later
// The file that lists the callers of a server.
#pragma once

#include <filesystem>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/access/callers.h"

namespace broadsheet::access {

// What the file lists. INVALID_ARGUMENT as ParseCallers; FAILED_PRECONDITION when others than its
// owner and group may read it, or others than its owner write it; errors of base::FileError. Each
// message names the file.
absl::StatusOr<std::vector<CallerRecord>> ReadCallers(const std::filesystem::path& file);

// Replaces what the file lists by what `edit` makes of it; an error of `edit` leaves the file as it
// is, and where there was none leaves none. Makes the file for its owner and group to read. Others
// who edit it wait meanwhile; a crash leaves the old content or the new.
absl::Status EditCallers(const std::filesystem::path& file,
                         absl::FunctionRef<absl::Status(std::vector<CallerRecord>*)> edit);

}  // namespace broadsheet::access
