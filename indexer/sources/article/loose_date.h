// SPDX-License-Identifier: GPL-3.0-or-later
// Dates in which a day, a month and a year stand in any order and language, as programs write them
// that were told to write them for people.
#pragma once

#include <optional>
#include <string_view>

#include "engine/schema/published_time.h"

namespace broadsheet::sources {

// Reads "Samstag, 27. April 2024 08:26:02 +0200", "Sat Apr 27 08:26:02 CEST 2024", "27 апреля 2024
// г., 8:26", "2024年4月27日 下午3时05分", "April 27, 2024 12:30 PM EST", "27.4.2024". nullopt for
// anything else, and for "04/05/2024", which may be either day. Pure; safe from any thread.
std::optional<schema::PublishedTime> ReadLooseDate(std::string_view text);

// Minutes east of Greenwich of "+0200", "-05:00", "+02", "GMT", "CEST"; nullopt for another word,
// or for an American zone that does not say whether it is summer ("ET").
std::optional<int> ReadZone(std::string_view zone);

// True for what programs write that have no date: a year before 1600 (the year 1 of Go and .NET,
// the year -1 or 0 of a database's zero) or the very beginning of 1970 in UTC. The bare day
// 1970-01-01 may be a day of an archive and is a date.
bool IsZeroDate(const schema::PublishedTime& date);

// nullopt when there is no such day or time. A leap second is taken as the second before, and 24:00
// as the next day's midnight.
std::optional<absl::CivilSecond> ReadCivil(int year, int month, int day, int hour, int minute,
                                           int second);

}  // namespace broadsheet::sources
