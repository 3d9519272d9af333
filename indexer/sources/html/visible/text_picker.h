// SPDX-License-Identifier: GPL-3.0-or-later
// Picks the article's text among the blocks of the element that holds it.
#pragma once

#include <cstdint>
#include <vector>

#include "indexer/sources/html/titles/headline.h"
#include "indexer/sources/html/tree/block.h"
#include "indexer/sources/html/tree/tree.h"

namespace broadsheet::sources::html {

// What became of a block, and why it is not text.
enum class BlockVerdict : uint8_t {
  kText,
  // Not in the element with the text, and not its standfirst.
  kOutside,
  kAboveText,
  kFurniture,
  kCaption,
  kLinks,
  kSignature,
  kHeadline,
  kAside,
  kAwayFromText,
  kFragment,
  kBehindEndHeading,
  kTrailing,
  // Asks readers to follow, share or subscribe, or states rights, below the text.
  kEndNote,
};

// The indices of the blocks below `element` that are text, ascending; sets the verdicts of all
// blocks there. The text begins with the first paragraph below the headline and the lines right
// above it among the paragraphs; it ends before notes to readers.
std::vector<size_t> PickText(const Tree& tree, const std::vector<Block>& blocks,
                             const Headline& headline, NodeId element,
                             std::vector<BlockVerdict>* verdicts);

// A line that tells of the article or the page instead of going on with the text: a byline, a date,
// a credit, a notice.
bool IsAside(const Block& block);

}  // namespace broadsheet::sources::html
