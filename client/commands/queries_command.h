// SPDX-License-Identifier: GPL-3.0-or-later
// `broadsheet search --queries FILE`: how many articles each query of a file finds.
#pragma once

#include "client/request/search_options.h"
#include "client/session/command_context.h"

namespace broadsheet::client {

// A line of the answer for each line of the file that is not empty, in their order. Exit status 0
// when all were counted, 1 when one has a mistake, which is told in its place, 2 when the server
// cannot be asked.
int RunQueries(const SearchOptions& options, CommandContext& context);

}  // namespace broadsheet::client
