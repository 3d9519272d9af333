// SPDX-License-Identifier: GPL-3.0-or-later
// What pages everywhere are made of besides articles: menus, buttons, boxes, notices.
#pragma once

#include <string_view>

namespace broadsheet::sources::page {

// True for a line that is page furniture by its words alone ("See all", "Sign up for ...",
// "More Defense News"). Case, trailing arrows and marks are ignored. A line of running text is
// never asked.
bool IsFurniture(std::string_view line);

}  // namespace broadsheet::sources::page
