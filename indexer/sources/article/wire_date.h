// SPDX-License-Identifier: GPL-3.0-or-later
// Dates as feeds and agencies write them.
#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "engine/schema/published_time.h"

namespace broadsheet::sources {

// "Tue, 10 Jun 2003 04:00:00 GMT" and its sloppy relatives (RFC 822, also without weekday, seconds
// or zone, with a year of two digits), "20030610T040000Z" (ISO 8601 basic, as NITF writes it), what
// schema::ParsePublishedTime reads, and dates as pages print them. A zone that is not known leaves
// the time without one. INVALID_ARGUMENT for anything else; the message quotes `text`.
absl::StatusOr<schema::PublishedTime> ParseWireDate(std::string_view text);

// Sets the time of publication, unless one is set or `text` is empty or no date: feeds are full of
// dates that are none, and an article is worth more than its date. Whether it is set now.
bool SetPublishedFrom(std::string_view text, v1::Article* article);

// The instant of `text`, the first of its period; false when it is no date.
bool ReadInstant(std::string_view text, google::protobuf::Timestamp* time);

}  // namespace broadsheet::sources
