// SPDX-License-Identifier: GPL-3.0-or-later
// Pass 7: finds tags.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "indexer/sources/plain_text/body.h"
#include "indexer/sources/plain_text/lines/page_line.h"

namespace broadsheet::sources::page {

// The list below the start of `body` that is most likely its tags, empty when none is likely
// enough. Lists are in a line or one tag a line, with a label or hashes, or without them right
// below the text. A label, tags that headline and text are about, and their number speak for a
// list; distance, and lines that the page's menus have too, speak against it.
std::vector<std::string> FindTags(const Page& page, Stretch body, std::string_view headline,
                                  std::string_view body_text);

}  // namespace broadsheet::sources::page
