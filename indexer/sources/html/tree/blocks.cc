// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/html/tree/blocks.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "indexer/sources/wording/people/credit.h"
#include "indexer/sources/wording/people/organisation.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::html {
namespace {

bool IsPicture(Tag tag) { return tag == Tag::kImg || tag == Tag::kPicture; }

// The nearest element around a picture that has text, a few levels up; kNoNode where there is none.
NodeId BoxOf(const Tree& tree, const std::vector<Block>& blocks, NodeId picture) {
  constexpr int kMaxLevels = 6;
  NodeId at = tree.parent(picture);
  for (int level = 0; level < kMaxLevels && at != kNoNode; ++level, at = tree.parent(at)) {
    const BlockRange range = BlocksBelow(tree, blocks, at);
    if (range.first < range.last) return at;
  }
  return kNoNode;
}

// "Foto: Jo Bell", "Jo Bell/Lantern", "AFP", "LT"
bool IsCreditBeside(std::string_view line) {
  constexpr size_t kMaxInitials = 4;
  const bool initials =
      line.size() >= 2 && line.size() <= kMaxInitials &&
      std::all_of(line.begin(), line.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  return initials || page::CreditOfLine(line).has_value() || people::IsAgency(line);
}

// A picture with a line or two below it that are no links and no heading: "Ferry at the quay" and
// "Jo Bell/Lantern". Pictures within a line of text have none.
bool IsPictureBox(const Tree& tree, const std::vector<Block>& blocks, NodeId picture, NodeId box) {
  constexpr size_t kMaxBlocks = 3;
  constexpr size_t kMaxWords = 70;
  const Tag tag = tree.tag(box);
  if (tag != Tag::kDiv && tag != Tag::kSpan && tag != Tag::kSection && tag != Tag::kOther) {
    return false;
  }
  const BlockRange range = BlocksBelow(tree, blocks, box);
  if (range.last - range.first > kMaxBlocks) return false;
  size_t words = 0;
  for (size_t i = range.first; i < range.last; ++i) {
    const Block& block = blocks[i];
    const bool plain = !block.furniture && !block.caption && !block.heading && !block.in_list;
    if (!plain || block.linked_words * 2 > block.words || block.first < picture) return false;
    words += block.words;
  }
  if (words > kMaxWords) return false;
  // A name alone is the portrait of an author; one with a credit beside it is a caption.
  if (!page::LooksLikeName(blocks[range.first].text)) return true;
  return range.last - range.first == 2 && IsCreditBeside(blocks[range.first + 1].text);
}

void MarkPictureBoxes(const Tree& tree, VisiblePage* page) {
  for (NodeId at = 0; at < tree.size(); ++at) {
    if (!IsPicture(tree.tag(at)) || page->InFurniture(at)) continue;
    const NodeId box = BoxOf(tree, page->blocks, at);
    if (box == kNoNode || !IsPictureBox(tree, page->blocks, at, box)) continue;
    const BlockRange range = BlocksBelow(tree, page->blocks, box);
    for (size_t i = range.first; i < range.last; ++i) page->blocks[i].caption = true;
    page->picture_boxes.push_back(box);
  }
}

// Precondition: the ranges are ascending, without overlaps.
bool IsInside(const std::vector<NodeRange>& ranges, NodeId node) {
  const auto after =
      std::upper_bound(ranges.begin(), ranges.end(), node,
                       [](NodeId at, const NodeRange& range) { return at < range.begin; });
  return after != ranges.begin() && node < (after - 1)->end;
}

}  // namespace

bool VisiblePage::InFurniture(NodeId node) const { return IsInside(furniture, node); }

bool VisiblePage::InPost(NodeId node) const { return IsInside(posts, node); }

VisiblePage ReadVisiblePage(const Tree& tree, const FurnitureFilter& filter) {
  VisiblePage page{.blocks = ReadBlocks(tree)};
  FurnitureMarks marks = MarkFurniture(tree, filter, &page.blocks);
  page.furniture = std::move(marks.ranges);
  page.posts = std::move(marks.posts);
  page.doubtful_words = marks.doubtful_words;
  MarkPictureBoxes(tree, &page);
  return page;
}

}  // namespace broadsheet::sources::html
