// SPDX-License-Identifier: GPL-3.0-or-later
// Pass 2: classifies each line by itself.
#pragma once

#include <string_view>

#include "indexer/sources/plain_text/lines/page_line.h"

namespace broadsheet::sources::page {

// Sets the kind of every line. Later passes find captions without a label, alternative texts and
// authors without "By", which depend on the lines around them.
void ClassifyLines(Page* page);

// "Copyright 2025 ...", "© 2025 ...".
bool IsCopyright(std::string_view line);

// "Tags", "Topics:", "Related Topics", alone or at the start of the line; sets `rest` to the rest
// of the line.
bool IsTagsLabel(std::string_view line, std::string_view* rest);

}  // namespace broadsheet::sources::page
