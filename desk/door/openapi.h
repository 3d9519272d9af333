// SPDX-License-Identifier: GPL-3.0-or-later
// Describes the JSON door for programs: OpenAPI 3.0, made of the table of methods and the protos'
// descriptors.
#pragma once

#include <string>

namespace broadsheet::desk {

// `base_path` stands before every path of the desk; "" = nothing.
std::string OpenApiJson(const std::string& base_path);

}  // namespace broadsheet::desk
