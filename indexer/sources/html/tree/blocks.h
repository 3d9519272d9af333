// SPDX-License-Identifier: GPL-3.0-or-later
// The visible page: its blocks of text in page order, and which of them are furniture or captions.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "indexer/sources/html/tree/block.h"
#include "indexer/sources/html/tree/furniture_marks.h"
#include "indexer/sources/html/tree/tree.h"

namespace broadsheet::sources::html {

struct VisiblePage {
  std::vector<Block> blocks = {};
  // The ranges of furniture and of embedded posts, in page order, without overlaps.
  std::vector<NodeRange> furniture = {};
  // Those of embedded posts alone.
  std::vector<NodeRange> posts = {};
  // Words of paragraphs that are left out because of words that may also mean other things.
  size_t doubtful_words = 0;
  // Elements with a picture and a line or two below it, whose name does not mean a caption; in page
  // order.
  std::vector<NodeId> picture_boxes = {};

  // True in embedded posts, too.
  bool InFurniture(NodeId node) const;
  bool InPost(NodeId node) const;
};

// A page without text gives no blocks.
VisiblePage ReadVisiblePage(const Tree& tree, const FurnitureFilter& filter);

}  // namespace broadsheet::sources::html
