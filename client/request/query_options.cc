// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/request/query_options.h"

#include <CLI/CLI.hpp>
#include <cctype>
#include <istream>
#include <iterator>
#include <vector>

#include "absl/strings/str_join.h"
#include "client/request/search_value_options.h"
#include "client/session/option.h"

namespace broadsheet::client {

void AddQueryOptions(CLI::App& command, SearchOptions& options) {
  AddOption(command, "WORDS", options.words, "The query; `-` reads it from standard input");
  for (const ValueOption& option : ValueOptions()) {
    AddOption(command, std::string(option.name), options.*option.values, option.help);
  }
  AddOption(command, "--since", options.since,
            "Published on or after: 2024, 2024-06, 2024-06-19, yesterday, monday, lastweek, 7d");
  AddOption(command, "--until", options.until, "Published on or before, written the same way");
  AddOption(command, "--match", options.match, "Must all words match, or any")
      ->check(CLI::IsMember({"all", "any"}))
      ->capture_default_str();
  command.add_flag("--no-synonyms", options.without_synonyms,
                   "Words stand for themselves alone, not for what the server's administrator says "
                   "means the same");
  AddOption(
      command, "--time-zone", options.time_zone,
      "IANA zone in which dates are read and times shown, or local for this machine's (default: "
      "dates in the zone of TZ, else UTC; times as stated)");
}

std::string QueryText(const SearchOptions& options, std::istream& in) {
  if (options.words == std::vector<std::string>{"-"}) {
    std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())) != 0) {
      text.pop_back();
    }
    return text;
  }
  return absl::StrJoin(options.words, " ");
}

}  // namespace broadsheet::client
