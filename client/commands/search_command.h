// SPDX-License-Identifier: GPL-3.0-or-later
// `broadsheet search`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "client/request/search_options.h"
#include "client/session/command_context.h"

namespace CLI {
class App;
}

namespace broadsheet::client {

// Declares the subcommand; `options` is filled when it is parsed and must outlive `app`.
CLI::App* DeclareSearch(CLI::App& app, SearchOptions& options);

// Exit status as in command_context.h.
int RunSearch(const SearchOptions& options, CommandContext& context);

// The command to type instead if all `unexpected` arguments were probably meant as negated words
// ("-kim"); "" otherwise. `command` is the start of the line: "broadsheet search".
std::string NegatedWordAdvice(std::string_view command, const SearchOptions& options,
                              const std::vector<std::string>& arguments,
                              const std::vector<std::string>& unexpected);

}  // namespace broadsheet::client
