// SPDX-License-Identifier: GPL-3.0-or-later
// Advice on errors of the engine. The engine says what is wrong with an index
// (engine/schema/index_fault.h); only this file knows which command or option helps.
// A command's own errors say their own remedy.
#pragma once

#include <string>

#include "absl/status/status.h"

namespace broadsheet::commands {

// Advice on `status`, with commands that can be pasted into a shell; the advice on its cause comes
// first. "" when there is none.
std::string Remedy(const absl::Status& status);

// "<message>; <remedy>"
std::string WithRemedy(const absl::Status& status);

}  // namespace broadsheet::commands
