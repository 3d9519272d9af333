// SPDX-License-Identifier: GPL-3.0-or-later
// `broadsheet search`.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/session/command_context.h"

namespace CLI {
class App;
}

namespace broadsheet::client {

// What was typed after `broadsheet search`.
struct SearchOptions {
  std::vector<std::string> words;
  std::vector<std::string> tags;
  std::vector<std::string> bylines;
  std::vector<std::string> captions;
  std::vector<std::string> sections;
  std::vector<std::string> sources;
  std::vector<std::string> languages;
  std::string since;
  std::string until;
  int limit = 10;
  int page = 1;
  std::string sort;
  std::string match = "all";
  std::string output = "text";
  std::string profile;
  double half_life_days = 0;               // 0 = the server's
  std::optional<double> recency_cap = {};  // absent = the server's
  std::string time_zone;
  bool explain = false;
  bool exact_total = false;
  // What was typed may go on with another --page: it has neither that nor `--`.
  bool takes_page = true;
};

// Declares the subcommand; `options` is filled when it is parsed and must outlive `app`.
CLI::App* DeclareSearch(CLI::App& app, SearchOptions& options);

// Exit status as in program.h.
int RunSearch(const SearchOptions& options, CommandContext& context);

// What to type instead, when all that nobody `expected` among the `arguments` was likely meant as
// negated words ("-kim"); "" otherwise. `command` is how that line begins: "broadsheet search".
std::string NegatedWordAdvice(std::string_view command, const SearchOptions& options,
                              const std::vector<std::string>& arguments,
                              const std::vector<std::string>& unexpected);

}  // namespace broadsheet::client
