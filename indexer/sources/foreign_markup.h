// SPDX-License-Identifier: GPL-3.0-or-later
// Names documents of XML that are in none of the formats that are read.
#pragma once

#include <string>
#include <string_view>

namespace broadsheet::sources {

// "an XML document of an unknown kind (<invoice>)", "a sitemap, an XML document"; `root` is the
// name of the first element as it is written, "" when there is none.
std::string NameOfXml(std::string_view root);

// Whether `text`, which begins with "<", is markup: its first tag is ended, has attributes, or ends
// itself, or more tags follow. "<Mayor> resigns" is not.
bool IsMarkup(std::string_view text);

}  // namespace broadsheet::sources
