// SPDX-License-Identifier: GPL-3.0-or-later
// JSON for the few things that are no message of the API.
#pragma once

#include <string>
#include <string_view>

namespace broadsheet::commands {

// With quotes around it. Ill-formed UTF-8 is replaced by U+FFFD.
std::string JsonString(std::string_view text);

}  // namespace broadsheet::commands
