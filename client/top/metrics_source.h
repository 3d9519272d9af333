// SPDX-License-Identifier: GPL-3.0-or-later
// Where a server shows its figures: http://ADDRESS/metrics, as `broadsheetd --metrics ADDRESS`
// serves them.
#pragma once

#include <chrono>
#include <string>

#include "absl/status/statusor.h"

namespace broadsheet::client {

// The page that is there now. `address` is HOST:PORT or [IPV6]:PORT. Waits, at most for `patience`.
// INVALID_ARGUMENT for another address; UNAVAILABLE when nobody answers there, or something else
// does, with what helps.
absl::StatusOr<std::string> FetchMetrics(const std::string& address, std::chrono::seconds patience);

}  // namespace broadsheet::client
