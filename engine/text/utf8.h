// SPDX-License-Identifier: GPL-3.0-or-later
// Checks and repairs of UTF-8, and cutting it at character boundaries. Pure; safe from any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace broadsheet::text {

bool IsValidUtf8(std::string_view text);

// Replaces every ill-formed sequence by U+FFFD (one for each maximal subpart, as Unicode 15
// section 3.9 recommends). Returns how many were replaced; 0 means `text` is untouched.
size_t RepairUtf8(std::string* text);

// The longest prefix of `text` of at most `max_bytes` bytes that does not split a character.
std::string_view PrefixOf(std::string_view text, size_t max_bytes);

// The number of characters, not of columns on a terminal.
size_t CountCharacters(std::string_view text);

}  // namespace broadsheet::text
