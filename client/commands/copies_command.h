// SPDX-License-Identifier: GPL-3.0-or-later
// `broadsheet copies`: where else a story was printed.
#pragma once

#include <string>
#include <vector>

#include "client/session/command_context.h"

namespace CLI {
class App;
}

namespace broadsheet::client {

struct CopiesOptions {
  std::string article;  // an id, or the number of a hit
  bool literal = false;
  std::string output = "text";
};

CLI::App* DeclareCopies(CLI::App& app, CopiesOptions& options);
int RunCopies(const CopiesOptions& options, CommandContext& context);

}  // namespace broadsheet::client
