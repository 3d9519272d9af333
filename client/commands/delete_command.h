// SPDX-License-Identifier: GPL-3.0-or-later
// `broadsheet delete`: removes one article.
#pragma once

#include <string>

#include "client/session/command_context.h"

namespace CLI {
class App;
}

namespace broadsheet::client {

struct DeleteOptions {
  std::string id;
};

CLI::App* DeclareDelete(CLI::App& app, DeleteOptions& options);
// kExitNothingFound when there is no such article.
int RunDelete(const DeleteOptions& options, CommandContext& context);

}  // namespace broadsheet::client
