// SPDX-License-Identifier: GPL-3.0-or-later
// What pages everywhere are made of besides articles: menus, buttons, boxes, notices.
#pragma once

#include <string_view>

namespace broadsheet::sources::page {

// True for a line that is page furniture by its words alone ("See all", "Sign up for ...",
// "More Defense News"). Case, trailing arrows and marks are ignored. A line of running text is
// never asked.
bool IsFurniture(std::string_view line);

// True for a paragraph of the dialogs in which sites ask for leave to watch their readers. They may
// be longer than the article beside them, which an article about them is not by this: two of the
// words of such dialogs stand in one paragraph.
bool IsPrivacyNotice(std::string_view paragraph);

}  // namespace broadsheet::sources::page
