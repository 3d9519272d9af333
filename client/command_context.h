// SPDX-License-Identifier: GPL-3.0-or-later
// What every subcommand is given.
#pragma once

#include "client/connection.h"
#include "client/program.h"
#include "client/terminal.h"

namespace broadsheet::client {

struct CommandContext {
  Streams streams;
  Terminal terminal;
  Connection& connection;
};

}  // namespace broadsheet::client
