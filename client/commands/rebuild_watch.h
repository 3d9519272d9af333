// SPDX-License-Identifier: GPL-3.0-or-later
// `broadsheet admin rebuild`: starts a rebuild on the server and watches it to its end.
#pragma once

#include "client/session/command_context.h"

namespace broadsheet::client {

struct RebuildWatchOptions {
  bool build_only = false;
  // Only start it.
  bool detach = false;
  bool json = false;
};

// Shows progress on one line of a terminal; the operation as it ended is the output. An interrupt
// (SIGINT) cancels the rebuild, and the command ends when the rebuild has: kExitNothingFound then.
// kExitError when it failed, or when the server was lost.
int RunRebuild(const RebuildWatchOptions& options, CommandContext& context);

}  // namespace broadsheet::client
