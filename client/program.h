// SPDX-License-Identifier: GPL-3.0-or-later
// The client as a function, which main() and tests call.
#pragma once

#include <string>
#include <vector>

#include "client/session/command_context.h"

namespace broadsheet::client {

// `arguments` without the program's name. Returns the exit status; never throws.
int RunClient(const std::vector<std::string>& arguments, const Streams& streams);

}  // namespace broadsheet::client
