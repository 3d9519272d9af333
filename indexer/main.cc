// SPDX-License-Identifier: GPL-3.0-or-later
// broadsheet-indexer: everything is in commands/, so that tests can run it.
#include <unistd.h>

#include <csignal>
#include <iostream>

#include "engine/base/file_mode.h"
#include "engine/base/standard_output.h"
#include "indexer/commands/run.h"

namespace {
volatile std::sig_atomic_t stop_asked = 0;

// A second signal meets the default action and ends the process at once.
void OnSignal(int) { stop_asked = 1; }
}  // namespace

int main(int argc, char** argv) {
  broadsheet::base::KeepStandardStreams();
  broadsheet::base::KeepFilesFromOthers();
  struct sigaction action = {};
  action.sa_handler = &OnSignal;
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  const int status = broadsheet::commands::Run(argc, argv,
                                               {.out = std::cout,
                                                .err = std::cerr,
                                                .standard_input = STDIN_FILENO,
                                                .err_is_terminal = isatty(STDERR_FILENO) == 1,
                                                .cancelled = [] { return stop_asked != 0; }});
  return broadsheet::base::FinishStandardOutput("broadsheet-indexer", status,
                                                broadsheet::commands::kFailed);
}
