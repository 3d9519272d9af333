// SPDX-License-Identifier: GPL-3.0-or-later
// `broadsheet open`: shows stories where they were published, in the person's browser.
#pragma once

#include <string>
#include <vector>

#include "client/session/command_context.h"

namespace CLI {
class App;
}

namespace broadsheet::client {

struct OpenOptions {
  std::vector<std::string> ids;  // ids, or numbers of hits
  bool literal = false;
};

CLI::App* DeclareOpen(CLI::App& app, OpenOptions& options);
int RunOpen(const OpenOptions& options, CommandContext& context);

}  // namespace broadsheet::client
