// SPDX-License-Identifier: GPL-3.0-or-later
// Tells what is no text of a news page, although it is made of characters: programs, tables, logs,
// settings, mail, markup, encoded data, lists of words.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace broadsheet::sources::page {

// What `text` seems to be, with its article ("a table (CSV or its like)"), when it is no running
// text; nullopt for everything that people write for one another, in any language. `text` is valid
// UTF-8: the beginning of an input, or all of it. Pure; safe from any thread.
//
// The first bytes tell some kinds; all others need several lines that agree, so that one odd line
// does not refuse a page.
std::optional<std::string> ForeignKind(std::string_view text);

}  // namespace broadsheet::sources::page
