// SPDX-License-Identifier: GPL-3.0-or-later
// What a server tells a caller whom it turns away for reasons of its own.
#pragma once

#include "absl/status/status.h"

namespace broadsheet::server {

// UNAVAILABLE, INDEX_UNAVAILABLE.
absl::Status ShuttingDown();

// DATA_LOSS, INDEX_DAMAGED: the base of what is served was found damaged. That was logged then,
// with the file, and is not logged again for each call.
absl::Status IndexDamaged();

// FAILED_PRECONDITION, INDEX_READ_ONLY.
absl::Status ReadOnly();

// RESOURCE_EXHAUSTED, OVERLOADED: for this request there is no memory.
absl::Status OutOfMemory();

}  // namespace broadsheet::server
