// SPDX-License-Identifier: GPL-3.0-or-later
// Marks the blocks of a page that are furniture or captions, by the roles of the elements around
// them.
#pragma once

#include <cstddef>
#include <vector>

#include "indexer/sources/html/tree/block.h"
#include "indexer/sources/html/tree/tree.h"

namespace broadsheet::sources::html {

// How much the names of elements count. Names are weak evidence: a page that has no text left by
// them is read again with less trust in them.
enum class NameTrust : uint8_t {
  kAll,
  // Only words that mean nothing else.
  kSureWords,
  // Neither names nor hiding nor aside and form; but nav, footer and consent forms.
  kNone,
};

struct FurnitureFilter {
  // The heading with the headline, or kNoNode. What holds it is not furniture.
  NodeId headline = kNoNode;
  NameTrust trust = NameTrust::kAll;
};

struct FurnitureMarks {
  // The ranges of furniture and of embedded posts, in page order, without overlaps.
  std::vector<NodeRange> ranges = {};
  // Those of embedded posts alone.
  std::vector<NodeRange> posts = {};
  // Words of paragraphs that are left out because of words that may also mean other things.
  size_t doubtful_words = 0;
};

// Pure; safe from any thread. Time grows with the size of the page.
FurnitureMarks MarkFurniture(const Tree& tree, const FurnitureFilter& filter,
                             std::vector<Block>* blocks);

}  // namespace broadsheet::sources::html
