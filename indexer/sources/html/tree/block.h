// SPDX-License-Identifier: GPL-3.0-or-later
// A page's text in blocks: paragraphs, headings, list items, lines, each with the properties of its
// place in the tree.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "indexer/sources/html/tree/tree.h"

namespace broadsheet::sources::html {

struct Block {
  // The nearest element that is not part of a line.
  NodeId element = 0;
  // The first text node of the block.
  NodeId first = 0;
  // One line, or more where the page breaks lines within the block.
  std::string text = {};
  size_t words = 0;
  // How many of these words are in links, and in bold or italic text.
  size_t linked_words = 0;
  size_t strong_words = 0;
  // The name or role of an enclosing element marks it as not part of an article.
  bool furniture = false;
  // The text of an embedded post, which the article quotes.
  bool in_post = false;
  // Inside a figure, or an element whose name means a caption.
  bool caption = false;
  bool in_list = false;
  bool in_table = false;
  bool heading = false;
  bool ends_sentence = false;
};

// Whether the block is running text: long enough, mostly outside links, not furniture.
bool IsParagraph(const Block& block);

// The element beside whose children the block stands: its own element's parent, around lists,
// tables and quotations.
NodeId HolderOf(const Tree& tree, const Block& block);

struct NodeRange {
  NodeId begin;
  NodeId end;
};

// All blocks, in page order, those of hidden elements too. None is marked as furniture yet, and as
// captions only what is in figures.
std::vector<Block> ReadBlocks(const Tree& tree);

// The blocks below `node`: [first, last).
struct BlockRange {
  size_t first;
  size_t last;
};
BlockRange BlocksBelow(const Tree& tree, const std::vector<Block>& blocks, NodeId node);

}  // namespace broadsheet::sources::html
