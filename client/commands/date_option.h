// SPDX-License-Identifier: GPL-3.0-or-later
// The dates of --since and --until.
#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace broadsheet::client {

// The period of a typed date: its first instant, and the first one after it.
struct DateSpan {
  absl::Time begin;
  absl::Time end;
};

// "2024", "2024-06", "2024-06-19", an RFC 3339 instant, "today", "yesterday", or "7d", "2w", "3m",
// "1y" before today, in UTC. INVALID_ARGUMENT, saying what is accepted, for anything else.
absl::StatusOr<DateSpan> ParseDateOption(std::string_view text, absl::Time now);

}  // namespace broadsheet::client
