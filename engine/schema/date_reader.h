// SPDX-License-Identifier: GPL-3.0-or-later
// Reads a written date with an optional time of day and zone; used for dates in sources and in
// queries. Pure; safe from any thread.
#pragma once

#include <optional>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"

namespace broadsheet::schema {

struct WrittenDate {
  enum class Precision { kYear, kMonth, kDay, kTime };

  absl::CivilSecond local;  // the first second of a period coarser than a time
  Precision precision = Precision::kDay;
  std::optional<int> offset_minutes;  // of the zone, if one was written
};

// "2024", "2024-06", "2024-06-19", and the last with "T" or a space, an hour of one or two digits,
// minutes, optional seconds with an optional fraction (dropped), and an optional zone: Z, an offset
// ("-04:00", "-0400", "-04"), UTC, GMT, or one of the American abbreviations that stand for one
// offset only (EST, EDT, MDT, PST, PDT; but CST is also China's).
//
// INVALID_ARGUMENT, saying which part is wrong, for anything else, for a day or time of day that
// does not exist, and for years outside 1 to 9999.
absl::StatusOr<WrittenDate> ReadDate(std::string_view text);

}  // namespace broadsheet::schema
