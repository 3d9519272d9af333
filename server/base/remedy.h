// SPDX-License-Identifier: GPL-3.0-or-later
// What an administrator can do about what the engine reports, for standard error and the log. The
// engine says what is wrong with an index (engine/schema/index_fault.h); which command helps is
// known here, and nowhere else. Callers of the API are told none of it (status_mapping.h).
#pragma once

#include <string>

#include "absl/status/status.h"

namespace broadsheet::server {

// For what there is to do about `status`, commands to paste into a shell: the way out of its cause
// first. "" when its message says all there is to say.
std::string Remedy(const absl::Status& status);

// "<message>; <remedy>"
std::string WithRemedy(const absl::Status& status);

}  // namespace broadsheet::server
