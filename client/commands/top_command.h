// SPDX-License-Identifier: GPL-3.0-or-later
// `broadsheet top`: what a server does now, again and again.
#pragma once

#include <string>

#include "client/session/command_context.h"

namespace CLI {
class App;
}

namespace broadsheet::client {

struct TopOptions {
  std::string metrics = "127.0.0.1:6461";
  double interval = 1;  // seconds
  int limit = 0;        // looks after the first; 0 = until the person has seen enough
  bool once = false;
};

CLI::App* DeclareTop(CLI::App& app, TopOptions& options);
int RunTop(const TopOptions& options, CommandContext& context);

}  // namespace broadsheet::client
