// SPDX-License-Identifier: GPL-3.0-or-later
// An article's published time, with the precision its source stated; and the date expressions of
// queries. Everything here is pure and safe from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "broadsheet/v1/article.pb.h"

namespace broadsheet::schema {

// A published time as its source stated it. `local` is the civil time as written; the instant it
// stands for is local - offset (offset 0 unless precision is INSTANT).
struct PublishedTime {
  absl::CivilSecond local;
  v1::DatePrecision precision = v1::DATE_PRECISION_UNSPECIFIED;
  int offset_minutes = 0;
};

// Reads what real sources write: RFC 3339 ("2024-06-19T08:00:00-04:00", space or T, any fraction),
// without a zone, "2024-06-19", "2024-06", "2024", and sloppy hours ("T8:32:24").
// INVALID_ARGUMENT for anything else and for a day that does not exist ("2023-02-30").
absl::StatusOr<PublishedTime> ParsePublishedTime(std::string_view text);

void SetPublishedTime(const PublishedTime& published, v1::Article* article);

// The local period the article states: a day, a month or a year; both ends included.
struct LocalPeriod {
  absl::CivilDay first;
  absl::CivilDay last;
};
// nullopt for an undated article.
std::optional<LocalPeriod> PublishedPeriod(const v1::Article& article);

// "2024-06-19", "2024-06-19 14:05", ... to the stated precision; "undated".
std::string FormatPublishedTime(const v1::Article& article);

// A date as typed in a query: a civil period, or an instant when a time of day was given.
struct DateExpression {
  LocalPeriod period;
  std::optional<absl::Time> instant;
};

// "2024", "2024-06", "2024-06-19", "2024-06-19T14:05[Z|+02:00]", "today", "yesterday", "monday"
// (the last one, or today), "thisweek", "lastweek" (from Monday on), the same of "month" and
// "year", "7d", "2w", "3m", "1y" (so many days, weeks, months, years before now's day).
// INVALID_ARGUMENT otherwise; the message says what is accepted.
absl::StatusOr<DateExpression> ParseDateExpression(std::string_view text, absl::Time now,
                                                   absl::TimeZone zone);

}  // namespace broadsheet::schema
