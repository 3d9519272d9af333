// SPDX-License-Identifier: GPL-3.0-or-later
// `broadsheet put`: stores one article.
#pragma once

#include <string>

#include "client/session/command_context.h"

namespace CLI {
class App;
}

namespace broadsheet::client {

struct PutOptions {
  std::string file;  // "-" = standard input
  std::string output = "text";
};

CLI::App* DeclarePut(CLI::App& app, PutOptions& options);
// kExitFound once the article, the same one or a newer version is on the server's disk.
int RunPut(const PutOptions& options, CommandContext& context);

}  // namespace broadsheet::client
