// SPDX-License-Identifier: GPL-3.0-or-later
// Finds the element of a page that holds the article's text.
#pragma once

#include <vector>

#include "indexer/sources/html/tree/block.h"
#include "indexer/sources/html/tree/tree.h"

namespace broadsheet::sources::html {

// The element in which paragraphs most outweigh links and stray lines, inside the article element
// of `headline` (or kNoNode) if that has enough of them. Lines beside paragraphs weigh nothing:
// they are read or dropped later, one by one. It is never a single paragraph, but what holds it.
// kNoNode for a page without paragraphs.
NodeId FindBodyElement(const Tree& tree, const std::vector<Block>& blocks, NodeId headline);

}  // namespace broadsheet::sources::html
