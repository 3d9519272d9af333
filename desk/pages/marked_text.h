// SPDX-License-Identifier: GPL-3.0-or-later
// Text of articles in a page, with what matched marked.
#pragma once

#include <string_view>
#include <vector>

#include "broadsheet/v1/search_service.pb.h"
#include "client/view/article_marks.h"
#include "desk/pages/render.h"

namespace broadsheet::desk {

// Adds a section MARK for each piece that matched, in which TEXT is the piece and BEFORE what
// stands before it; REST is what follows the last one. `fields` are those of a section with this
// text alone, since sections within it would see its marks.
void AddSegments(const v1::Fragment& fragment, Fields& fields);
// The same for a text of which the bytes in `marks` matched. Marks are numbered from `first_mark`
// in NUMBER; returns the number behind the last.
int AddMarked(std::string_view text, const std::vector<client::Mark>& marks, int first_mark,
              Fields& fields);

}  // namespace broadsheet::desk
