// SPDX-License-Identifier: GPL-3.0-or-later
// How the report of `parse --html` looks: one style sheet, for light and dark, narrow screens and
// paper, without fonts, pictures or scripts.
#pragma once

#include <string_view>

namespace broadsheet::commands {

extern const std::string_view kReportStyle;

}  // namespace broadsheet::commands
