// SPDX-License-Identifier: GPL-3.0-or-later
// What stands around the names of a byline and is none of them: openings, addresses, dates, the
// buttons and the biography behind. Pure; the views returned point into the text given.
#pragma once

#include <string>
#include <string_view>

namespace broadsheet::sources::people {

// The text behind "By", "Von", "Written by: ", or its like; empty for a line without one.
std::string_view StripOpening(std::string_view line);

// What stands before all that follows names: "Jane Doe is a reporter at ...", "Jane Doe View all
// posts".
std::string_view StripEnding(std::string_view text);

// `text` on one line without e-mail and web addresses and handles.
std::string StripAddresses(std::string_view text);

// "Jane DoeJane Doe", "Jane Doe Jane Doe": a name and the link around its picture.
std::string_view StripRepetition(std::string_view text);

// "Jane Doe December 29, 2016" -> "Jane Doe"; a text that starts with a date is left.
std::string_view StripDate(std::string_view text);

bool HasDigit(std::string_view text);

}  // namespace broadsheet::sources::people
