// SPDX-License-Identifier: GPL-3.0-or-later
// Where on the page the article's own parts are looked for.
#pragma once

#include "indexer/sources/html/tree/blocks.h"
#include "indexer/sources/html/tree/tree.h"

namespace broadsheet::sources::html {

struct ArticlePlace {
  // The heading with the headline; kNoNode when there is none.
  NodeId headline = kNoNode;
  // The element that holds the text; kNoNode when there is none.
  NodeId body = kNoNode;
  // From the headline, or the body where that comes first, to the end of the body.
  NodeRange all = {0, 0};
  // Between the headline and the second paragraph, some nodes before included: where bylines and
  // dates are printed. The first paragraph is often a standfirst, with the byline below.
  NodeRange head = {0, 0};
  // The third paragraph of the text, or its end: what stands above may still be none of it.
  NodeId text_begins = 0;
};

}  // namespace broadsheet::sources::html
