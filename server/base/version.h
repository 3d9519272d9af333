// SPDX-License-Identifier: GPL-3.0-or-later
// The server's version, that of the project (CMakeLists.txt).
#pragma once

#include <string_view>

namespace broadsheet::server {

inline constexpr std::string_view kVersion = BROADSHEET_VERSION;

}  // namespace broadsheet::server
