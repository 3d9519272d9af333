// SPDX-License-Identifier: GPL-3.0-or-later
// How many files and connections this process may have open, and how many connections that leaves.
#pragma once

#include <cstddef>

#include "absl/status/statusor.h"

namespace broadsheet::server {

// Descriptors kept for all that is no connection: the index served, older generations that requests
// hold, a rebuild (some 30 each), gRPC's own.
inline constexpr size_t kOwnDescriptors = 192;

// Raises the soft limit to the hard one, as far as the system lets it. For the whole process, once,
// at its start.
void RaiseDescriptorLimit();

// At most `wanted` connections; fewer when descriptors would run out. FAILED_PRECONDITION, saying
// how to raise the limit, when it leaves none.
absl::StatusOr<size_t> ConnectionsThatFit(size_t wanted);

}  // namespace broadsheet::server
