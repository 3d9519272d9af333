// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of an article as text for people.
#pragma once

#include <string>

#include "absl/time/time.h"
#include "broadsheet/v1/article.pb.h"

namespace broadsheet::client {

// How a published time is written in each precision: as absl::FormatTime() takes it.
struct DateFormats {
  const char* year;
  const char* month;
  const char* day;
  const char* without_zone;
  const char* instant;
};

// The published time of an article that has one, with the precision of the source: in the local
// time that the source stated, but an instant in `zone` unless that is null.
std::string FormatPublished(const v1::Article& article, const DateFormats& formats,
                            const absl::TimeZone* zone = nullptr);

// The published time, with the precision of the source: "19 June 2024", "19 June 2024, 08:00
// -04:00", "June 2024", "2024", or "undated". The local date that the source stated; an instant is
// shown in `zone` unless that is null. A day is a day everywhere and is never shifted.
std::string DateText(const v1::Article& article, const absl::TimeZone* zone = nullptr);

// "Ellen Mitchell and Brad Dress"; "" when there is no byline.
std::string BylineText(const v1::Article& article);

// The headline; without one the first words of what else the article has, or "(no headline)".
std::string HeadlineText(const v1::Article& article);

}  // namespace broadsheet::client
