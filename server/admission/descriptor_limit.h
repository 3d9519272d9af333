// SPDX-License-Identifier: GPL-3.0-or-later
// The limit of open files of this process, and how many connections it allows.
#pragma once

#include <cstddef>

#include "absl/status/statusor.h"

namespace broadsheet::server {

// Descriptors reserved for everything but connections: the served generation, older generations
// that requests hold, a rebuild (some 30 each), and gRPC itself.
inline constexpr size_t kOwnDescriptors = 192;

// Raises the soft limit to the hard one, as far as the system allows. Affects the whole process;
// call once, at its start.
void RaiseDescriptorLimit();

// `wanted`, or fewer when descriptors would run out. FAILED_PRECONDITION, saying how to raise the
// limit, when none are left for connections.
absl::StatusOr<size_t> ConnectionsThatFit(size_t wanted);

}  // namespace broadsheet::server
