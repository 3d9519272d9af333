// SPDX-License-Identifier: GPL-3.0-or-later
// Pass 2: what each line is, as far as the line itself gives it away.
#pragma once

#include <string_view>

#include "indexer/sources/plain_text/page_line.h"

namespace broadsheet::sources::page {

// Sets the kind of every line. Captions without a label, alternative texts and authors printed
// without "By" need the lines around them and are found by later passes.
void ClassifyLines(Page* page);

// "Copyright 2025 ...", "© 2025 ...".
bool IsCopyright(std::string_view line);

// "Tags", "Topics:", "Related Topics", alone or with what follows; the rest of the line goes to
// `rest`.
bool IsTagsLabel(std::string_view line, std::string_view* rest);

}  // namespace broadsheet::sources::page
