// SPDX-License-Identifier: GPL-3.0-or-later
// `broadsheet admin rebuild`: starts a rebuild on the server and watches it to its end.
#pragma once

#include <string>

#include "client/session/command_context.h"

namespace broadsheet::client {

struct RebuildWatchOptions {
  bool build_only = false;
  std::string language = {};  // as in RebuildRequest
  // Only start it, without watching.
  bool detach = false;
  bool json = false;
};

// Shows progress on one line of a terminal, and prints the final state of the operation. An
// interrupt (SIGINT) cancels the rebuild, and the command returns kExitNothingFound when the
// rebuild has ended. kExitError when the rebuild failed, or when the connection was lost.
int RunRebuild(const RebuildWatchOptions& options, CommandContext& context);

}  // namespace broadsheet::client
