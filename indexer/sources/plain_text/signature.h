// SPDX-License-Identifier: GPL-3.0-or-later
// Pass 6: who signs the article.
#pragma once

#include <cstddef>
#include <vector>

#include "broadsheet/v1/article.pb.h"
#include "indexer/sources/plain_text/body.h"
#include "indexer/sources/plain_text/page_line.h"

namespace broadsheet::sources::page {

// The authors, in page order, each once; none when the page names none. Looked for between the
// headline and the first of the running text, then right above the headline, then where the text
// ends. The best kind of line decides: one that says "By", names with a date in the same line,
// names beside a line with the date, other names. `headline` may be the page's size.
std::vector<v1::Byline> FindAuthors(const Page& page, size_t headline, Stretch body);

// Where the running text starts, which a standfirst and the authors may precede within `body`: the
// first paragraph that another one follows.
size_t FindTextStart(const Page& page, Stretch body);

}  // namespace broadsheet::sources::page
