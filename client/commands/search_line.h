// SPDX-License-Identifier: GPL-3.0-or-later
// A search as a line that can be typed into a shell.
#pragma once

#include <string>
#include <string_view>

#include "client/commands/search_options.h"

namespace broadsheet::client {

inline constexpr std::string_view kSearchCommand = "broadsheet search";

// `broadsheet search --tag 'North Korea' 'putin kim'`: another query with the options of this
// search, but for its page. `query` is whole: it already has what --caption stands for. `command`
// is how the line begins.
std::string SearchLine(const SearchOptions& options, std::string_view query,
                       std::string_view command = kSearchCommand);

// The search itself, with its page, its captions and the `query` as typed. What follows the line is
// a word, since it ends its options: `broadsheet search --page 2 -- 'putin -kim'`.
std::string WholeSearchLine(const SearchOptions& options, std::string_view query,
                            std::string_view command = kSearchCommand);

}  // namespace broadsheet::client
