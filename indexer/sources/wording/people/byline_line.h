// SPDX-License-Identifier: GPL-3.0-or-later
// Removes everything but the names from a byline: addresses, dates, buttons and
// biographies. Pure; returned views point into the argument.
#pragma once

#include <string>
#include <string_view>

namespace broadsheet::sources::people {

// The text before a biography, a button or the photographer: "Jane Doe is a reporter at ...", "Jane
// Doe View all posts", "Jane Doe Photographs by Tom Quill".
std::string_view StripEnding(std::string_view text);

// `text` on one line without e-mail and web addresses and handles. A name in brackets behind an
// address is the one that it is of: "jane@wire.example (Jane Doe)" -> "Jane Doe".
std::string StripAddresses(std::string_view text);

// Removes a repeated name, from a link around a picture: "Jane DoeJane Doe", "Jane Doe Jane Doe".
std::string_view StripRepetition(std::string_view text);

// "Jane Doe December 29, 2016" -> "Jane Doe"; a text that starts with a date is not changed.
std::string_view StripDate(std::string_view text);

}  // namespace broadsheet::sources::people
