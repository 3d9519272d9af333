// SPDX-License-Identifier: GPL-3.0-or-later
// Writes a string of JSON, for the few things that are no message of the API.
#pragma once

#include <string>
#include <string_view>

namespace broadsheet::sources {

// With quotes around it. Ill-formed UTF-8 is replaced by U+FFFD. Pure; safe from any thread.
std::string JsonString(std::string_view text);

}  // namespace broadsheet::sources
