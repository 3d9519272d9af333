// SPDX-License-Identifier: GPL-3.0-or-later
// Where the article stands on the page, and its text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "indexer/sources/html/tree/blocks.h"
#include "indexer/sources/html/tree/tree.h"
#include "indexer/sources/html/visible/choice.h"
#include "indexer/sources/html/visible/headline.h"

namespace broadsheet::sources::html {

struct Body {
  // The element that holds the article; kNoNode when there is none.
  NodeId element = kNoNode;
  // Indices of the blocks that are the article's text, ascending.
  std::vector<size_t> blocks = {};
  // Paragraphs with a blank line between.
  std::string text = {};
};

// What helps to find it.
struct BodyHints {
  Headline headline = {};
  // The standfirst as the page states it, or "".
  std::string summary = {};
  // The whole text where JSON-LD gives it, or "".
  std::string_view stated = {};
};

// The element in whose range paragraphs most outweigh everything else, within the article element
// of the headline where that has its share; of it the text blocks without furniture, the standfirst
// before them where the page prints one. The text in JSON-LD is taken where the page itself shows
// much less.
Choice<Body> FindBody(const Tree& tree, const VisiblePage& page, const BodyHints& hints);

}  // namespace broadsheet::sources::html
