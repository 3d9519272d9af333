// SPDX-License-Identifier: GPL-3.0-or-later
// Puts text into the normal form in which it is stored. Idempotent; pure; safe from any thread.
// Preconditions: valid UTF-8.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace broadsheet::text {

// Running text: line ends become "\n"; control characters but "\n" and tab go; white space at both
// ends goes.
void CleanText(std::string* text);

// One line: control characters go, every run of white space becomes one space, none at the ends.
void CleanLine(std::string* line);

// True for a character that readers do not see and that hides or turns round what they see:
// controls but "\n" and tab, marks of direction, and the like. Not the joiners and marks of one
// direction, which scripts need.
bool IsHidden(int32_t code_point);

// Makes hidden characters visible, for a terminal: U+202E becomes "<U+202E>".
std::string WithHiddenShown(std::string_view text);

// True if `text` has a C0 or C1 control character or DEL.
bool HasControlCharacter(std::string_view text);

}  // namespace broadsheet::text
