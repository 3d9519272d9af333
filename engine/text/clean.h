// SPDX-License-Identifier: GPL-3.0-or-later
// Puts text into the normal form in which it is stored. Idempotent; pure; safe from any thread.
// Preconditions: valid UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace broadsheet::text {

// Running text: line ends become "\n"; control characters but "\n" and tab go; white space at both
// ends goes.
void CleanText(std::string* text);

// One line: control characters go, every run of white space becomes one space, none at the ends.
void CleanLine(std::string* line);

// True if `text` has a C0 or C1 control character or DEL.
bool HasControlCharacter(std::string_view text);

}  // namespace broadsheet::text
