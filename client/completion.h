// SPDX-License-Identifier: GPL-3.0-or-later
// Completion of command lines in shells. A script of each shell asks `broadsheet complete WORDS`
// for what may stand at the cursor, so that commands, options and values are known in one place.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "client/session/connection.h"

namespace broadsheet::client {

// The script for "bash", "zsh" or "fish"; "" for another shell.
std::string_view CompletionScript(std::string_view shell);

// What may stand in place of the last of `words`, those behind the program's name: commands,
// options, values of options. Values of fields and words of queries are those of the server, which
// is asked for them for a second at most; none when it does not answer.
std::vector<std::string> Completions(const CLI::App& app, const std::vector<std::string>& words,
                                     ConnectionOptions server);

}  // namespace broadsheet::client
