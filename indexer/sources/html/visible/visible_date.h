// SPDX-License-Identifier: GPL-3.0-or-later
// Finds dates that the page prints for its readers, for pages that do not state them for machines.
#pragma once

#include <optional>
#include <string_view>

#include "engine/schema/published_time.h"
#include "indexer/sources/html/tree/article_place.h"
#include "indexer/sources/html/visible/choice.h"

namespace broadsheet::sources::html {

// Reads time elements, elements named as dates and lines with a date, between headline and body.
Choice<std::optional<schema::PublishedTime>> FindVisibleDate(const Tree& tree,
                                                             const VisiblePage& page,
                                                             const ArticlePlace& place);

// "2024-06-19T08:00:00Z", "20240619T080000+0900", "Wed, 19 Jun 2024 08:00:00 GMT", and printed
// dates. nullopt unless `text` is a full date.
std::optional<schema::PublishedTime> ReadStatedDate(std::string_view text);

// The day in an address: ".../2024/06/19/ferry".
std::optional<schema::PublishedTime> DateInUrl(std::string_view url);

}  // namespace broadsheet::sources::html
