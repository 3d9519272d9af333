// SPDX-License-Identifier: GPL-3.0-or-later
// What was meant by a command or an option that there is not. Pure.
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace broadsheet::client {

// The word that stands where a command does and is none; "" when there is no such word.
std::string UnknownCommand(const CLI::App& app, const std::vector<std::string>& arguments);

// `arguments` as a line to copy, with the nearest command for the unknown one, or with "search" in
// front when none is near: people type what they look for. `program` begins the line.
std::string WithCommand(const CLI::App& app, const std::vector<std::string>& arguments,
                        const std::string& program);

// "did you mean --limit?" for the first of `unexpected` that is near an option of `command` or of
// all commands; "" when none is.
std::string OptionAdvice(const CLI::App& app, const CLI::App& command,
                         const std::vector<std::string>& unexpected);

}  // namespace broadsheet::client
