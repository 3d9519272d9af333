// SPDX-License-Identifier: GPL-3.0-or-later
// Tells what a line with a date says of it: when the page was published or changed, or something
// else. In the languages of bylines. Pure; safe from any thread.
#pragma once

#include <string_view>

namespace broadsheet::sources::page {

// "Updated March 3, 2025": the line starts with a word for a change.
bool SaysUpdated(std::string_view line);

// "Published March 3, 2025", "Veröffentlicht am ...", "Stand: ...": the line starts with a word for
// publication.
bool SaysPublished(std::string_view line);

// The date is one of births, deaths, beginnings, deadlines, rights: "Born March 3, 1975", "© 2024",
// "* 3. März 1975", "valid until 3 March 2025".
bool TellsOtherDate(std::string_view line);

}  // namespace broadsheet::sources::page
