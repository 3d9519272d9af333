// SPDX-License-Identifier: GPL-3.0-or-later
// The options that say which articles are meant, of every command that takes a query.
#pragma once

#include <iosfwd>
#include <string>

#include "client/request/search_options.h"

namespace CLI {
class App;
}

namespace broadsheet::client {

// WORDS, the options that narrow, --match and --time-zone.
void AddQueryOptions(CLI::App& command, SearchOptions& options);

// The query as typed: the words, or for the word `-` what `in` has.
std::string QueryText(const SearchOptions& options, std::istream& in);

}  // namespace broadsheet::client
