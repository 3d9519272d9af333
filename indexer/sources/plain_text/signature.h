// SPDX-License-Identifier: GPL-3.0-or-later
// Pass 6: finds the authors.
#pragma once

#include <cstddef>
#include <vector>

#include "broadsheet/v1/article.pb.h"
#include "indexer/sources/plain_text/body.h"
#include "indexer/sources/plain_text/lines/page_line.h"

namespace broadsheet::sources::page {

// The authors, in page order, each once; none when the page names none. Searches between the
// headline and the start of the running text, then right above the headline, then at the end of the
// text. Takes the best kind of line: "By", names with a date in the same line, names beside a line
// with the date, other names. `headline` may be the page's size.
std::vector<v1::Byline> FindAuthors(const Page& page, size_t headline, Stretch body);

// The start of the running text: the first paragraph that is followed by another. A standfirst and
// the authors may precede it within `body`.
size_t FindTextStart(const Page& page, Stretch body);

}  // namespace broadsheet::sources::page
