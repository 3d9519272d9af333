// SPDX-License-Identifier: GPL-3.0-or-later
// The life of the process: start, report it, serve until a signal, drain, end.
#pragma once

#include "server/base/logger.h"
#include "server/options.h"

namespace broadsheet::server {

// Call it once, from the main thread, before any other thread exists. The first line of standard
// output is "broadsheetd listening on ADDRESS", printed when the server answers there. Returns the
// exit status: 0 after SIGTERM or SIGINT, 2 when it could not start (one line on standard error
// says why and what to do).
int RunUntilSignal(const ServerOptions& options, Logger& logger);

}  // namespace broadsheet::server
