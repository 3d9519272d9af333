// SPDX-License-Identifier: GPL-3.0-or-later
// Cuts tags of HTML down to as many attributes as a parser can compare with one another.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace broadsheet::sources::markup {

// libxml2 compares each attribute of a tag with all before it, so that its time would grow as the
// square of their number. No page of a person has so many.
inline constexpr size_t kMostHtmlAttributes = 1000;

// Returns `html`, in which no start tag has more attributes than kMostHtmlAttributes: the others
// are left out. Reads it as libxml2 does, once; `*room` holds the result where something is cut,
// and must outlive it.
std::string_view WithBoundedTags(std::string_view html, std::string* room);

}  // namespace broadsheet::sources::markup
