// SPDX-License-Identifier: GPL-3.0-or-later
// Pieces of a command that can be copied into a POSIX shell as they stand: what programs offer
// people to run. Safe from any thread.
#pragma once

#include <string>
#include <string_view>

namespace broadsheet::base {

// One word, in quotes where a shell would read more into it.
std::string ShellWord(std::string_view text);

// " --tag 'North Korea'", with the space before it; " --tag=-x" for a value that looks like an
// option.
std::string ShellOption(std::string_view name, std::string_view value);

// A word that is no option, with the space before it; " -- -kim" where it looks like one. Nothing
// but such words may follow.
std::string ShellArgument(std::string_view text);

}  // namespace broadsheet::base
