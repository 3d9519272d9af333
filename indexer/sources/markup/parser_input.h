// SPDX-License-Identifier: GPL-3.0-or-later
// Leaves out of HTML what would cost a parser time and tells nothing: contents of scripts and
// styles, and attributes without end.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace broadsheet::sources::markup {

// libxml2 compares each attribute of a tag with all before it, so that its time would grow as the
// square of their number. No page of a person has so many.
inline constexpr size_t kMostHtmlAttributes = 1000;

// Returns `html`, in which no start tag has more attributes than kMostHtmlAttributes, and in which
// styles, and scripts that are not JSON-LD, are empty: half of the bytes of many pages, which
// libxml2 reads one by one. Reads it as libxml2 does, once; pure. `*room` holds the result where
// something is left out, and must outlive it.
std::string_view HtmlForParser(std::string_view html, std::string* room);

}  // namespace broadsheet::sources::markup
