// SPDX-License-Identifier: GPL-3.0-or-later
// Chooses the dates of the article from what the page states, prints and has in its address.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "engine/schema/published_time.h"
#include "indexer/sources/article/choice.h"
#include "indexer/sources/html/metadata/metadata.h"
#include "indexer/sources/html/tree/article_place.h"

namespace broadsheet::sources::html {

// What a page says of its dates, all of it read before.
struct DateEvidence {
  const Tree& tree;
  const VisiblePage& page;
  const ArticlePlace& place;
  const Metadata& json_ld;
  const Metadata& meta;
  const Metadata& microdata;
  // The address from which the page was fetched; may be empty.
  std::string_view url;
  absl::Time now;
};

struct ArticleDates {
  Choice<std::optional<schema::PublishedTime>> published = {};
  std::optional<schema::PublishedTime> updated = {};
  // The stated time of publication, as it stands, where it lies ahead: the page is not meant to be
  // shown before. Printed dates and days in addresses that lie ahead are passed over.
  std::string ahead = {};
};

// Pure; safe from any thread.
ArticleDates FindDates(const DateEvidence& evidence);

}  // namespace broadsheet::sources::html
