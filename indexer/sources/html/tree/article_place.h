// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of the page in which the parts of the article are searched.
#pragma once

#include "indexer/sources/html/tree/blocks.h"
#include "indexer/sources/html/tree/tree.h"

namespace broadsheet::sources::html {

struct ArticlePlace {
  // The heading with the headline; kNoNode when there is none.
  NodeId headline = kNoNode;
  // The element that holds the text; kNoNode when there is none.
  NodeId body = kNoNode;
  // From the headline, or from the body if that comes first, to the end of the body.
  NodeRange all = {0, 0};
  // From some nodes before the headline to the second paragraph: bylines and dates are printed
  // here. The first paragraph is often a standfirst, with the byline below.
  NodeRange head = {0, 0};
  // The third paragraph of the text, or its end: nodes before it may not belong to the text.
  NodeId text_begins = 0;
};

}  // namespace broadsheet::sources::html
