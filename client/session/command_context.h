// SPDX-License-Identifier: GPL-3.0-or-later
// What every subcommand is given.
#pragma once

#include <string>
#include <string_view>

#include "client/program.h"
#include "client/session/connection.h"
#include "client/view/terminal.h"

namespace broadsheet::client {

struct CommandContext {
  Streams streams;
  Terminal terminal;
  Connection& connection;
  // The program as a command for a shell, with those of its options without which another command
  // would not reach the same server: "broadsheet --server 10.0.0.5:6460".
  std::string program;

  // How a command begins that is offered for copying: "broadsheet get".
  std::string Command(std::string_view name) const { return program + " " + std::string(name); }
};

}  // namespace broadsheet::client
