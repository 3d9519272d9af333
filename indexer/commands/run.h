// SPDX-License-Identifier: GPL-3.0-or-later
// The command line of broadsheet-indexer, as a function.
#pragma once

#include "indexer/commands/shared/command.h"

namespace broadsheet::commands {

// Reads the arguments and runs the subcommand they name. Returns the process's exit status, one of
// ExitStatus; help is kAllGood, a mistake in the arguments kFailed.
int Run(int argc, const char* const* argv, const Io& io);

}  // namespace broadsheet::commands
