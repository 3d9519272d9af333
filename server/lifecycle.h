// SPDX-License-Identifier: GPL-3.0-or-later
// The life of the process: start, report it, serve until a signal, drain, end.
#pragma once

#include <functional>

#include "server/base/logger.h"
#include "server/options.h"

namespace broadsheet::server {

// Reads the command line, and with it the file of settings, anew.
using ReadAgain = std::function<CommandLine()>;

// --check-config: says whether a server could start with `line`, which has options, as far as that
// is known without its index. The exit status.
int CheckConfiguration(const CommandLine& line, Logger& logger);

// Call it once, from the main thread, before any other thread exists; `line` has options. SIGHUP
// has it take over what `read_again` gives, as far as a server that runs can. The first line of
// standard output is "broadsheetd listening on ADDRESS", printed when the server answers there.
// Returns the exit status: 0 after SIGTERM or SIGINT, 2 when it could not start (one line on
// standard error says why and what to do).
int RunUntilSignal(const CommandLine& line, const ReadAgain& read_again, Logger& logger);

}  // namespace broadsheet::server
