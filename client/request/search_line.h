// SPDX-License-Identifier: GPL-3.0-or-later
// Writes a search as a line that can be typed into a shell.
#pragma once

#include <string>
#include <string_view>

#include "client/request/search_options.h"

namespace broadsheet::client {

inline constexpr std::string_view kSearchCommand = "broadsheet search";

// `broadsheet search --tag 'North Korea' 'putin kim'`: another query with the options of this
// search, except its page. `query` already contains the clauses for --caption, --since and
// --until. `command` is the
// start of the line.
std::string SearchLine(const SearchOptions& options, std::string_view query,
                       std::string_view command = kSearchCommand);

// This search, with its page, its captions and the `query` as typed. The line ends its options with
// `--`, so anything appended to it is a word: `broadsheet search --page 2 -- 'putin -kim'`.
std::string WholeSearchLine(const SearchOptions& options, std::string_view query,
                            std::string_view command = kSearchCommand);

}  // namespace broadsheet::client
