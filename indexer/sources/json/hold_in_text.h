// SPDX-License-Identifier: GPL-3.0-or-later
// Members that may hold an article back, in what is no JSON that could be parsed: a printed
// dictionary, a call around an object, arrays in an array.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace broadsheet::sources {

// The first name of a member in `text` that may hold back what it is a member of (hold_rule.h), in
// letters and digits; nothing in nearly every text that people write.
std::optional<std::string> FindHoldInText(std::string_view text);

}  // namespace broadsheet::sources
