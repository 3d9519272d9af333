// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a page writes the day or the month first in dates of numbers.
#pragma once

#include <string_view>
#include <vector>

#include "indexer/sources/html/tree/blocks.h"
#include "indexer/sources/wording/page_date.h"

namespace broadsheet::sources::html {

// What a page says of where it is read.
struct Locale {
  // "en-US", "de", "pt_BR": the surest first; may be empty.
  std::vector<std::string_view> languages = {};
  // Addresses of the page; may be empty.
  std::vector<std::string_view> urls = {};
};

// Dates of the page that can only be read in one way decide ("13/06/2024"); else its language and
// the country of its address: the month comes first only in American English. kUnknown where they
// do not tell. Pure; safe from any thread.
page::DayOrder FindDayOrder(const VisiblePage& page, const Locale& locale);

}  // namespace broadsheet::sources::html
