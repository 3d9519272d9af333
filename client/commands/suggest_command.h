// SPDX-License-Identifier: GPL-3.0-or-later
// `broadsheet suggest`: what a query that is being typed may become.
#pragma once

#include <string>
#include <vector>

#include "client/session/command_context.h"

namespace CLI {
class App;
}

namespace broadsheet::client {

struct SuggestOptions {
  std::vector<std::string> words;
  std::vector<std::string> kinds;
  int limit = 10;
  std::string output = "text";
};

CLI::App* DeclareSuggest(CLI::App& app, SuggestOptions& options);
int RunSuggest(const SuggestOptions& options, CommandContext& context);

}  // namespace broadsheet::client
