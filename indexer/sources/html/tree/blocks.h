// SPDX-License-Identifier: GPL-3.0-or-later
// The visible page as blocks of text: paragraphs, headings, list items, lines, in page order, each
// with what its place in the tree says about it.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "indexer/sources/html/tree/tree.h"

namespace broadsheet::sources::html {

struct Block {
  // The nearest element that is not part of a line.
  NodeId element = 0;
  // The first text of it.
  NodeId first = 0;
  // One line, or more where the page breaks lines within the block.
  std::string text = {};
  size_t words = 0;
  // How many of these stand in links, and in bold or italic text.
  size_t linked_words = 0;
  size_t strong_words = 0;
  // A name or role of an element around says that it is no part of an article.
  bool furniture = false;
  // Inside a figure or an element that is named a caption.
  bool caption = false;
  bool in_list = false;
  bool in_table = false;
  bool heading = false;
  bool ends_sentence = false;
};

// Running text, by itself: long enough, mostly outside links, not furniture.
bool IsParagraph(const Block& block);

struct NodeRange {
  NodeId begin;
  NodeId end;
};

struct VisiblePage {
  std::vector<Block> blocks = {};
  // Where furniture stands, in page order; no two overlap.
  std::vector<NodeRange> furniture = {};
  // Elements that hold a picture and a line or two below it, without a name that says caption; in
  // page order.
  std::vector<NodeId> picture_boxes = {};

  bool InFurniture(NodeId node) const;
};

// Hidden elements are passed over. A page without text gives no blocks.
VisiblePage ReadVisiblePage(const Tree& tree);

// The blocks of `blocks` that stand below `node`: [first, last).
struct BlockRange {
  size_t first;
  size_t last;
};
BlockRange BlocksBelow(const Tree& tree, const std::vector<Block>& blocks, NodeId node);

}  // namespace broadsheet::sources::html
