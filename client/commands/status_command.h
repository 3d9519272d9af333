// SPDX-License-Identifier: GPL-3.0-or-later
// `broadsheet status`: describes the server and the generation it serves.
#pragma once

#include <string>

#include "client/session/command_context.h"

namespace CLI {
class App;
}

namespace broadsheet::client {

struct StatusOptions {
  std::string output = "text";
};

CLI::App* DeclareStatus(CLI::App& app, StatusOptions& options);
int RunStatus(const StatusOptions& options, CommandContext& context);

}  // namespace broadsheet::client
