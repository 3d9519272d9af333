// SPDX-License-Identifier: GPL-3.0-or-later
// The context that every subcommand receives.
#pragma once

#include <iosfwd>
#include <string>
#include <string_view>

#include "client/session/connection.h"
#include "client/view/terminal.h"

namespace broadsheet::client {

// Exit statuses, for scripts.
inline constexpr int kExitFound = 0;
inline constexpr int kExitNothingFound = 1;
inline constexpr int kExitError = 2;

// The streams of a program. They must outlive the call.
struct Streams {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
};

struct CommandContext {
  Streams streams;
  Terminal terminal;
  Connection& connection;
  // The start of a shell command that reaches the same server: "broadsheet --server 10.0.0.5:6460".
  std::string program;

  // Print requests instead of sending them.
  bool print_request = false;

  // The start of a subcommand to show for copying: "broadsheet get".
  std::string Command(std::string_view name) const { return program + " " + std::string(name); }
};

}  // namespace broadsheet::client
