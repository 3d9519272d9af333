// SPDX-License-Identifier: GPL-3.0-or-later
// Finds the place of the article on the page, and its text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "indexer/sources/article/choice.h"
#include "indexer/sources/html/titles/headline.h"
#include "indexer/sources/html/tree/blocks.h"
#include "indexer/sources/html/tree/tree.h"
#include "indexer/sources/html/visible/text_picker.h"

namespace broadsheet::sources::html {

struct Body {
  // The element that contains the article; kNoNode when there is none.
  NodeId element = kNoNode;
  // Indices of the blocks that are the article's text, ascending.
  std::vector<size_t> blocks = {};
  // Paragraphs separated by blank lines.
  std::string text = {};
  // Of each block of the page.
  std::vector<BlockVerdict> verdicts = {};
};

// Statements that help to find the body.
struct BodyHints {
  Headline headline = {};
  // The stated standfirst, or "".
  std::string summary = {};
  // The whole text from JSON-LD, or "".
  std::string_view stated = {};
  // The updates of a live blog from JSON-LD, or "".
  std::string_view live = {};
};

// Chooses the element in which paragraphs most outweigh everything else, inside the article element
// of the headline if that has enough of them. The text is its text blocks without furniture, after
// the standfirst if the page prints one. The text in JSON-LD is used if the page itself shows much
// less; the updates of a live blog if the page shows an introduction at most.
Choice<Body> FindBody(const Tree& tree, const VisiblePage& page, const BodyHints& hints);

}  // namespace broadsheet::sources::html
