// SPDX-License-Identifier: GPL-3.0-or-later
// Quotes parts of a command for a POSIX shell, so that people can paste the commands that programs
// offer. Safe from any thread.
#pragma once

#include <string>
#include <string_view>

namespace broadsheet::base {

// One word, in quotes if it has characters that mean something to a shell.
std::string ShellWord(std::string_view text);

// " --tag 'North Korea'", with the space before it; " --tag=-x" for a value that looks like an
// option.
std::string ShellOption(std::string_view name, std::string_view value);

// A word that is not an option, with the space before it; " -- -kim" if it looks like one. Only
// such words may follow.
std::string ShellArgument(std::string_view text);

}  // namespace broadsheet::base
