// SPDX-License-Identifier: GPL-3.0-or-later
// What a person can do about what the engine reports. The engine says what is wrong with an index
// (engine/schema/index_fault.h); which command or option helps is known here, and nowhere else.
#pragma once

#include <string>

#include "absl/status/status.h"

namespace broadsheet::commands {

// For what there is to do about `status`, commands to paste into a shell: the way out of its cause
// first. "" when its message says all there is to say.
std::string Remedy(const absl::Status& status);

// "<message>; <remedy>"
std::string WithRemedy(const absl::Status& status);

}  // namespace broadsheet::commands
