// SPDX-License-Identifier: GPL-3.0-or-later
// Recognises the parts of pages that are not the article: menus, buttons, boxes, notices.
#pragma once

#include <string_view>

namespace broadsheet::sources::page {

// True for a line that is page furniture by its words alone ("See all", "Sign up for ...", "More
// Defense News"). Case, trailing arrows and marks are ignored. Do not call it for lines of running
// text.
bool IsFurniture(std::string_view line);

// True for a paragraph of a dialog that asks readers to consent to tracking: it has two of the
// words of such dialogs. These dialogs may be longer than the article beside them.
bool IsPrivacyNotice(std::string_view paragraph);

}  // namespace broadsheet::sources::page
