// SPDX-License-Identifier: GPL-3.0-or-later
// A search as a line that can be typed into a shell.
#pragma once

#include <string>
#include <string_view>

#include "client/search_command.h"

namespace broadsheet::client {

// `broadsheet search 'putin kim' --tag 'North Korea'`: another query with the options of this
// search, but for its page. `query` is whole: it already has what --caption stands for.
std::string SearchLine(const SearchOptions& options, std::string_view query);

// One word for a POSIX shell, in quotes where it needs them.
std::string ShellWord(std::string_view text);

}  // namespace broadsheet::client
