// SPDX-License-Identifier: GPL-3.0-or-later
// Finds members that may hold an article back in text that is not valid JSON: a printed dictionary,
// a call around an object, arrays in an array.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace broadsheet::sources {

// The name, in letters and digits, of the first member in `text` that may hold its object back
// (hold_rule.h); nullopt in nearly every text that people write.
std::optional<std::string> FindHoldInText(std::string_view text);

}  // namespace broadsheet::sources
