// SPDX-License-Identifier: GPL-3.0-or-later
// `broadsheet get`: reads one article.
#pragma once

#include <string>
#include <vector>

#include "client/session/command_context.h"

namespace CLI {
class App;
}

namespace broadsheet::client {

struct GetOptions {
  std::vector<std::string> ids;  // an id, or the number of a hit of the last search
  bool literal = false;
  std::string output = "text";
};

CLI::App* DeclareGet(CLI::App& app, GetOptions& options);
int RunGet(const GetOptions& options, CommandContext& context);

}  // namespace broadsheet::client
