// SPDX-License-Identifier: GPL-3.0-or-later
// Where on the page the article's own parts are looked for.
#pragma once

#include "indexer/sources/html/blocks.h"
#include "indexer/sources/html/tree.h"

namespace broadsheet::sources::html {

struct ArticlePlace {
  // The heading with the headline; kNoNode when there is none.
  NodeId headline = kNoNode;
  // The element that holds the text; kNoNode when there is none.
  NodeId body = kNoNode;
  // From the headline, or the body where that comes first, to the end of the body.
  NodeRange all = {0, 0};
  // Between the headline and the first paragraph, some nodes before and after included: where
  // bylines and dates are printed.
  NodeRange head = {0, 0};
};

}  // namespace broadsheet::sources::html
