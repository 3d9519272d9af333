// SPDX-License-Identifier: GPL-3.0-or-later
// What every subcommand is given.
#pragma once

#include <iosfwd>
#include <string>
#include <string_view>

#include "client/session/connection.h"
#include "client/view/terminal.h"

namespace broadsheet::client {

// What scripts branch on.
inline constexpr int kExitFound = 0;
inline constexpr int kExitNothingFound = 1;
inline constexpr int kExitError = 2;

// Where a program reads and writes. References outlive the call.
struct Streams {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
};

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
