// SPDX-License-Identifier: GPL-3.0-or-later
// Finds settings that may hold a text back: those above it, as programs that make sites keep them
// ("Status: draft"), or those of the program or the data that it is a part of.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace broadsheet::sources::page {

// The name, in letters and digits, of the first setting that may hold `text` back (hold_rule.h). A
// setting stands in one of the first lines, which are nothing else, or behind a mark that only
// settings have (":status: draft"); anywhere in a text whose lines are all settings or indented, or
// that begins like a program or a printed object ("module.exports = {"). Pure.
std::optional<std::string> FindHeldSetting(std::string_view text);

}  // namespace broadsheet::sources::page
