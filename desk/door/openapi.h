// SPDX-License-Identifier: GPL-3.0-or-later
// Describes the JSON door for programs: OpenAPI 3.0, made of the table of methods and the protos'
// descriptors.
#pragma once

#include <string>

namespace broadsheet::desk {

// The same for as long as the program runs.
const std::string& OpenApiJson();

}  // namespace broadsheet::desk
