// SPDX-License-Identifier: GPL-3.0-or-later
// Finds dates that the page prints for its readers, for pages that do not state them for machines.
#pragma once

#include <optional>
#include <string_view>

#include "absl/time/civil_time.h"
#include "engine/schema/published_time.h"
#include "indexer/sources/article/choice.h"
#include "indexer/sources/html/tree/article_place.h"
#include "indexer/sources/wording/page_date.h"

namespace broadsheet::sources::html {

// How the dates of a page are read.
struct DateReading {
  page::DayOrder order = page::DayOrder::kUnknown;
  // No page was published after it.
  absl::CivilDay latest = absl::CivilDay::max();
};

// Reads time elements, elements named as dates and lines with a date, between headline and body,
// then elsewhere in the article. Neither running text nor captions, headings, embedded posts, and
// lines about other dates (births, rights, deadlines) tell when the page was published; nor does a
// date before there were newspapers in the web, or after `reading.latest`. A date of a change
// counts only where there is no other.
Choice<std::optional<schema::PublishedTime>> FindVisibleDate(const Tree& tree,
                                                             const VisiblePage& page,
                                                             const ArticlePlace& place,
                                                             const DateReading& reading);

// "2024-06-19T08:00:00Z", "20240619T080000+0900", "Wed, 19 Jun 2024 08:00:00 GMT", "1718784000"
// (seconds since 1970, or milliseconds), and printed dates. nullopt unless `text` is a full date,
// and for what programs write when they have none: January 1 of 1970, 1900 or of the year 1.
std::optional<schema::PublishedTime> ReadStatedDate(
    std::string_view text, page::DayOrder order = page::DayOrder::kUnknown);

// The day in an address: ".../2024/06/19/ferry".
std::optional<schema::PublishedTime> DateInUrl(std::string_view url);

}  // namespace broadsheet::sources::html
