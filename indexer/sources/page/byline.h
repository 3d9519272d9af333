// SPDX-License-Identifier: GPL-3.0-or-later
// Who wrote it, as pages print it: "By Jane Doe and John Roe", "by: Jane Doe, The Wire",
// "Von Jana Doe", "Jane Doe in Springfield".
#pragma once

#include <string_view>
#include <vector>

#include "broadsheet/v1/article.pb.h"

namespace broadsheet::sources::page {

// The authors that a line starting with "By" or its like names; none for any other line.
std::vector<v1::Byline> ReadByline(std::string_view line);

// The author of a line that is just a name, perhaps with a place ("Jane Doe in Springfield"). Such
// a line is a byline only where one is expected: beside the date below the headline.
std::vector<v1::Byline> ReadBareByline(std::string_view line);

// "Health reporter", "Senior Correspondent": what may stand in the line below a byline.
bool IsRole(std::string_view line);

// The parts of a line that says several things: "By Jane Doe | Published March 3, 2025",
// "by Jane Doe - 03/14/25 9:00 AM ET".
std::vector<std::string_view> SplitSegments(std::string_view line);

}  // namespace broadsheet::sources::page
