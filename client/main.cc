// SPDX-License-Identifier: GPL-3.0-or-later
#include <iostream>
#include <string>
#include <vector>

#include "client/program.h"
#include "client/session/command_context.h"
#include "engine/base/standard_output.h"

int main(int argc, char** argv) {
  broadsheet::base::KeepStandardStreams();
  // Only then std::cin tells whether there is more to read.
  std::ios::sync_with_stdio(false);
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  const int status = broadsheet::client::RunClient(
      arguments, {.in = std::cin, .out = std::cout, .err = std::cerr});
  return broadsheet::base::FinishStandardOutput("broadsheet", status,
                                                broadsheet::client::kExitError);
}
