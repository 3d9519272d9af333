// SPDX-License-Identifier: GPL-3.0-or-later
// A whole article to read on a terminal.
#pragma once

#include <iosfwd>

#include "client/view/article_marks.h"
#include "client/view/terminal.h"

namespace broadsheet::client {

// Headline, credits, summary, captions, body, tags, address. What matched in `fragments`, parts of
// this article, is lit up.
void PrintArticle(const v1::Article& article, const Fragments& fragments, const Terminal& terminal,
                  std::ostream& out);

}  // namespace broadsheet::client
