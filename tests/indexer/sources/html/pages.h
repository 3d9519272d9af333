// SPDX-License-Identifier: GPL-3.0-or-later
// Small web pages of papers that do not exist.
#pragma once

#include <string>

namespace broadsheet::testing {

// Three paragraphs of running text, as HTML.
inline constexpr const char* kParagraphs =
    "<p>The harbour board of Varnholm voted on Monday to move the ferry landing two hundred metres "
    "north, away from the old quay and its cranes.</p>\n"
    "<p>Work will begin in spring, the board said, and the boats will keep their timetable while "
    "the new pier is being built beside the fish market.</p>\n"
    "<p>\"Nobody will have to walk further than today,\" said the harbour master, who has wanted "
    "the change for eleven years and drew the first plan himself.</p>\n";
// The same as an article's body.
inline constexpr const char* kParagraphsText =
    "The harbour board of Varnholm voted on Monday to move the ferry landing two hundred metres "
    "north, away from the old quay and its cranes.\n\n"
    "Work will begin in spring, the board said, and the boats will keep their timetable while the "
    "new pier is being built beside the fish market.\n\n"
    "\"Nobody will have to walk further than today,\" said the harbour master, who has wanted the "
    "change for eleven years and drew the first plan himself.";

// A page with `head` in its head and `article` in its article element, menus above and lists below.
inline std::string NewsPage(const std::string& head, const std::string& article) {
  return "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">" + head +
         "</head><body><nav><ul><li><a href=\"/\">Home</a></li><li><a href=\"/sport\">Sport</a>"
         "</li></ul></nav><main><article>" +
         article +
         "</article></main><aside class=\"related-stories\"><h2>More from Varnholm</h2><ul><li>"
         "<a href=\"/tuba\">Tuba found in the reeds after nine years</a></li></ul></aside>"
         "<footer>© 2025 The Varnholm Lantern</footer></body></html>";
}

}  // namespace broadsheet::testing
