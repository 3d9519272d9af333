// SPDX-License-Identifier: GPL-3.0-or-later
// `broadsheet export` and `broadsheet search --all`: every hit of a search, as a stream.
#pragma once

#include "client/request/search_options.h"
#include "client/session/command_context.h"

namespace CLI {
class App;
}

namespace broadsheet::client {

// Without a query or filter `export` means all articles. Its --output defaults to "jsonl".
CLI::App* DeclareExport(CLI::App& app, SearchOptions& options);
int RunExport(const SearchOptions& options, CommandContext& context);

// Every hit of the search that `options` ask for, newest first unless --sort says otherwise. Goes
// on where it was when the server ends the stream, as one that restarts does.
int RunSearchAll(const SearchOptions& options, CommandContext& context);

}  // namespace broadsheet::client
