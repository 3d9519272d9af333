// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the text of the article, and a second time with less trust in the names of elements where
// they leave out too much.
#pragma once

#include "indexer/sources/article/choice.h"
#include "indexer/sources/html/tree/blocks.h"
#include "indexer/sources/html/tree/tree.h"
#include "indexer/sources/html/visible/body.h"

namespace broadsheet::sources::html {

struct ArticleText {
  // The page as it was read for the body.
  VisiblePage page = {};
  Choice<Body> body = {};
};

// Pure; safe from any thread. Reads a page once, one whose names leave out much of it up to three
// times.
ArticleText FindText(const Tree& tree, const BodyHints& hints);

}  // namespace broadsheet::sources::html
