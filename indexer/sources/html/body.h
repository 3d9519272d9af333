// SPDX-License-Identifier: GPL-3.0-or-later
// Where the article stands on the page, and its text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "indexer/sources/html/blocks.h"
#include "indexer/sources/html/choice.h"
#include "indexer/sources/html/headline.h"
#include "indexer/sources/html/tree.h"

namespace broadsheet::sources::html {

struct Body {
  // The element that holds the article; kNoNode when there is none.
  NodeId element = kNoNode;
  // Indices of the blocks that are the article's text, ascending.
  std::vector<size_t> blocks = {};
  // Paragraphs with a blank line between.
  std::string text = {};
};

// The element in whose range paragraphs most outweigh everything else, and its text blocks without
// furniture; the headline is left out where it is repeated. `stated` is the whole text where
// JSON-LD gives it, or "": taken where the page itself shows much less.
Choice<Body> FindBody(const Tree& tree, const VisiblePage& page, const Headline& headline,
                      std::string_view stated);

}  // namespace broadsheet::sources::html
