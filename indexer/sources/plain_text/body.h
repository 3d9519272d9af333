// SPDX-License-Identifier: GPL-3.0-or-later
// Pass 4: finds the article on the page.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "indexer/sources/plain_text/lines/page_line.h"

namespace broadsheet::sources::page {

// Lines [begin, end).
struct Stretch {
  size_t begin = 0;
  size_t end = 0;
  bool empty() const { return begin >= end; }
};

// The stretch in which paragraphs most outweigh everything else (the greatest sum over a run of
// lines; each kind of line has a weight). It may begin with captions. Empty when there is no
// paragraph.
Stretch FindBody(const Page& page);

// `body` from its first paragraph to its last line of text. Call after captions are marked.
Stretch TrimBody(const Page& page, Stretch body);

// The lines that are paragraphs and subheadings, ascending; boxes of links, sign-up forms and other
// furniture between paragraphs are left out.
std::vector<size_t> BodyLines(const Page& page, Stretch body);

// These lines, separated by blank lines.
std::string TextOfLines(const Page& page, const std::vector<size_t>& lines);

}  // namespace broadsheet::sources::page
