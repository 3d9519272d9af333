// SPDX-License-Identifier: GPL-3.0-or-later
// What a server tells a caller whom it turns away for reasons of its own.
#pragma once

#include "absl/status/status.h"

namespace broadsheet::server {

// UNAVAILABLE, INDEX_UNAVAILABLE.
absl::Status ShuttingDown();

// FAILED_PRECONDITION, INDEX_READ_ONLY.
absl::Status ReadOnly();

}  // namespace broadsheet::server
