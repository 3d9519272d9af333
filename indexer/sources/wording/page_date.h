// SPDX-License-Identifier: GPL-3.0-or-later
// Reads dates as pages print them: "March 3, 2025", "Aug 9, 2024 / 04:12 PM CDT", "03/14/25 9:00 AM
// ET", "Tuesday 4 November 2025 11.25 GMT", "2024-06-19 08:00", "19.06.2024", "3. März 2025".
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "engine/schema/published_time.h"

namespace broadsheet::sources::page {

// How the dates of a page that are written in numbers are meant: "03/04/25".
enum class DayOrder : uint8_t { kUnknown, kDayFirst, kMonthFirst };

// The first full date in `text`, with the time and zone that follow it. With an unknown
// abbreviation of a zone, the time has no zone. nullopt when there is no day, month and year, or
// when day and month could be swapped ("03/04/25"), `order` does not tell, and no American time
// follows.
std::optional<schema::PublishedTime> FindDate(std::string_view text,
                                              DayOrder order = DayOrder::kUnknown);

// What the first date in numbers tells of the order: "13/06/2024" is day first, "06/13/2024" month
// first; kUnknown for "03/04/25" and a text without one.
DayOrder DayOrderIn(std::string_view text);

// True for a line of few words that states a time: a time of day, a date in numbers, a year with a
// day, "2 hours ago". Accepts more than FindDate, for finding the line of the date rather than the
// date.
bool LooksLikeTime(std::string_view line);

// "march", "Mar", "März", "août".
bool IsMonthName(std::string_view word);

}  // namespace broadsheet::sources::page
