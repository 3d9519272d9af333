// SPDX-License-Identifier: GPL-3.0-or-later
// Runs the indexer's command line inside the test.
#pragma once

#include <sstream>
#include <string>
#include <vector>

#include "indexer/commands/run.h"

namespace broadsheet::testing {

struct CommandRun {
  int status = -1;
  std::string out;
  std::string err;
};

struct CommandOptions {
  bool err_is_terminal = false;
  int standard_input = 0;
  std::function<bool()> cancelled = [] { return false; };
};

inline CommandRun RunIndexer(std::vector<std::string> arguments,
                             const CommandOptions& options = {}) {
  std::vector<const char*> argv = {"broadsheet-indexer"};
  for (const std::string& argument : arguments) argv.push_back(argument.c_str());
  std::ostringstream out;
  std::ostringstream err;
  const int status = commands::Run(static_cast<int>(argv.size()), argv.data(),
                                   {.out = out,
                                    .err = err,
                                    .standard_input = options.standard_input,
                                    .err_is_terminal = options.err_is_terminal,
                                    .cancelled = options.cancelled});
  return {.status = status, .out = out.str(), .err = err.str()};
}

}  // namespace broadsheet::testing
