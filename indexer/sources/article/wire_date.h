// SPDX-License-Identifier: GPL-3.0-or-later
// Reads dates as feeds and agencies write them.
#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "engine/schema/published_time.h"

namespace broadsheet::sources {

// Reads dates of mail (RFC 822: "Tue, 10 Jun 2003 04:00:00 GMT", also without weekday, seconds or
// zone, or with a year of two digits) and those with the names of many languages (loose_date.h);
// those of ISO 8601, also basic ("20030610T040000Z"), of weeks ("2003-W24-2") and of days
// ("2003-161"), with a comma before the fraction; seconds, milliseconds and microseconds since
// 1970; the forms of schema::ParsePublishedTime; and dates as pages print them. With an unknown
// zone, the time has no zone. INVALID_ARGUMENT for anything else; the message quotes `text`.
absl::StatusOr<schema::PublishedTime> ParseWireDate(std::string_view text);

// The time of a bare number: seconds since 1970, or thousandths of them where seconds would lie
// beyond the year 5138, or millionths where those would.
absl::Time TimeOfNumber(double number);

// Sets the published time, unless it is set already or `text` is empty or not a date: feeds have
// many invalid dates, and an article without a date is better than none. A date that IsZeroDate
// (loose_date.h) gives way to a later one; HandOver leaves out the last of them. Returns whether
// the time is set now.
bool SetPublishedFrom(std::string_view text, v1::Article* article);

// Whether the published time is what programs write that have no date.
bool HasZeroDate(const v1::Article& article);

// Sets `time` to the first instant of the period `text`; false when `text` is not a date.
bool ReadInstant(std::string_view text, google::protobuf::Timestamp* time);

}  // namespace broadsheet::sources
