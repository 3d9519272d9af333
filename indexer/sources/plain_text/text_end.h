// SPDX-License-Identifier: GPL-3.0-or-later
// Finds where the text of an article ends before the stretch of paragraphs does: teasers, comments
// and biographies in full sentences follow many texts.
#pragma once

#include "indexer/sources/plain_text/body.h"
#include "indexer/sources/plain_text/lines/page_line.h"

namespace broadsheet::sources::page {

// `found` to its first run of short lines that is more likely what follows a text than a list
// within it. No sign decides alone: names of networks, words of headings such as "Comments", names
// that the text has (tags), and paragraphs below that are about something else speak for the end;
// much text below speaks against it. At least four paragraphs stay. Pure; takes time in proportion
// to the stretch.
Stretch CutAtEnd(const Page& page, Stretch found);

}  // namespace broadsheet::sources::page
