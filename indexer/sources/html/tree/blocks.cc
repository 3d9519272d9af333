// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/html/tree/blocks.h"

#include <algorithm>

#include "indexer/sources/html/tree/element_role.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::html {
namespace {

constexpr size_t kMinParagraphWords = 8;
constexpr size_t kMinOpenParagraphWords = 20;

// Where each kind of surrounding ends, while walking in document order.
struct Surroundings {
  NodeId link_end = 0;
  NodeId strong_end = 0;
  NodeId caption_end = 0;
  NodeId list_end = 0;
  NodeId table_end = 0;
};

class BlockReader {
 public:
  explicit BlockReader(const Tree& tree) : tree_(tree) {}

  std::vector<Block> Read() {
    for (NodeId at = 0; at < tree_.size();) {
      const Tag tag = tree_.tag(at);
      if (IsUnseen(tag)) {
        at = tree_.end(at);
        continue;
      }
      if (tag == Tag::kText) {
        AddText(at);
      } else {
        Enter(at, tag);
      }
      ++at;
    }
    Flush();
    return std::move(blocks_);
  }

 private:
  void Enter(NodeId at, Tag tag) {
    const NodeId end = tree_.end(at);
    const auto extend = [end](NodeId* to) { *to = std::max(*to, end); };
    if (tag == Tag::kA) extend(&around_.link_end);
    if (tag == Tag::kB || tag == Tag::kStrong || tag == Tag::kEm || tag == Tag::kI) {
      extend(&around_.strong_end);
    }
    if (tag == Tag::kUl || tag == Tag::kOl || tag == Tag::kDl) extend(&around_.list_end);
    if (tag == Tag::kTable) extend(&around_.table_end);
    if (tag == Tag::kFigure || tag == Tag::kFigcaption) extend(&around_.caption_end);
    if (tag == Tag::kBr) AddBreak();
  }

  // Two breaks in a row end a paragraph.
  void AddBreak() {
    if (block_.text.ends_with('\n')) {
      Flush();
    } else if (!block_.text.empty()) {
      while (block_.text.ends_with(' ')) block_.text.pop_back();
      block_.text += '\n';
    }
  }

  NodeId ElementOf(NodeId text) const {
    NodeId at = tree_.parent(text);
    while (at != kNoNode && IsInline(tree_.tag(at))) at = tree_.parent(at);
    return at == kNoNode ? 0 : at;
  }

  void AddText(NodeId at) {
    const NodeId element = ElementOf(at);
    if (element != block_.element) Flush();
    std::string line;
    // A leading space counts only behind text.
    if (!block_.text.empty() && !block_.text.ends_with('\n')) line = block_.text.back();
    const size_t before = line.size();
    AppendCollapsed(tree_.text(at), &line);
    const std::string_view added = std::string_view(line).substr(before);
    if (added.empty()) return;
    if (block_.text.empty()) {
      if (added == " ") return;
      block_.element = element;
      block_.first = at;
      block_.caption = at < around_.caption_end;
      block_.in_list = at < around_.list_end;
      block_.in_table = at < around_.table_end;
    }
    block_.text += added;
    const size_t words = page::CountWords(added);
    if (at < around_.link_end) block_.linked_words += words;
    if (at < around_.strong_end) block_.strong_words += words;
  }

  void Flush() {
    std::string& text = block_.text;
    while (text.ends_with(' ') || text.ends_with('\n')) text.pop_back();
    if (!text.empty()) {
      block_.words = page::CountWords(text);
      block_.heading = IsHeading(tree_.tag(block_.element));
      block_.ends_sentence = page::EndsSentence(text);
      blocks_.push_back(std::move(block_));
    }
    block_ = Block();
    block_.element = kNoNode;
  }

  const Tree& tree_;
  Surroundings around_;
  Block block_;
  std::vector<Block> blocks_;
};

// Sums of paragraph words up to each block.
std::vector<size_t> ParagraphSums(const std::vector<Block>& blocks) {
  std::vector<size_t> sums(blocks.size() + 1, 0);
  for (size_t i = 0; i < blocks.size(); ++i) {
    sums[i + 1] = sums[i] + (IsParagraph(blocks[i]) ? blocks[i].words : 0);
  }
  return sums;
}

// A picture with its caption and no more, set aside.
bool IsPictureAside(const Tree& tree, const std::vector<Block>& blocks, NodeId aside) {
  constexpr size_t kMaxBlocks = 3;
  constexpr NodeId kMaxNodes = 500;
  if (tree.end(aside) - aside > kMaxNodes) return false;
  const BlockRange range = BlocksBelow(tree, blocks, aside);
  if (range.first == range.last || range.last - range.first > kMaxBlocks) return false;
  if (tree.FirstBelow(aside, Tag::kImg) == kNoNode) return false;
  for (NodeId at = aside + 1; at < tree.end(aside); ++at) {
    if (RoleOf(tree, at) == ElementRole::kCaption) return true;
  }
  return false;
}

// An element whose name says furniture and that holds much of the page's text is the page after
// all: "page-with-sidebar".
void MarkFurniture(const Tree& tree, VisiblePage* page) {
  constexpr double kMaxShare = 0.35;
  std::vector<Block>& blocks = page->blocks;
  const std::vector<size_t> sums = ParagraphSums(blocks);
  const double all = static_cast<double>(sums.back());
  for (NodeId at = 0; at < tree.size();) {
    const Tag tag = tree.tag(at);
    const ElementRole role = tag == Tag::kText || tag == Tag::kHtml || tag == Tag::kBody
                                 ? ElementRole::kNone
                                 : RoleOf(tree, at);
    const bool furniture = role == ElementRole::kFurniture || role == ElementRole::kNeverText;
    if (!furniture && role != ElementRole::kCaption && role != ElementRole::kCredit) {
      ++at;
      continue;
    }
    const BlockRange range = BlocksBelow(tree, blocks, at);
    const double inside = static_cast<double>(sums[range.last] - sums[range.first]);
    const bool picture = tag == Tag::kAside && IsPictureAside(tree, blocks, at);
    if (picture || (role != ElementRole::kNeverText && inside > kMaxShare * all)) {
      ++at;
      continue;
    }
    for (size_t i = range.first; i < range.last; ++i) {
      (furniture ? blocks[i].furniture : blocks[i].caption) = true;
    }
    if (furniture) page->furniture.push_back({at, tree.end(at)});
    at = furniture ? tree.end(at) : at + 1;
  }
}

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
  return words <= kMaxWords && !page::LooksLikeName(blocks[range.first].text);
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

}  // namespace

bool IsParagraph(const Block& block) {
  if (block.furniture || block.caption || block.heading) return false;
  if (block.linked_words * 2 > block.words) return false;
  const size_t least = block.ends_sentence ? kMinParagraphWords : kMinOpenParagraphWords;
  return block.words >= least;
}

bool VisiblePage::InFurniture(NodeId node) const {
  const auto after =
      std::upper_bound(furniture.begin(), furniture.end(), node,
                       [](NodeId at, const NodeRange& range) { return at < range.begin; });
  return after != furniture.begin() && node < (after - 1)->end;
}

VisiblePage ReadVisiblePage(const Tree& tree) {
  VisiblePage page{.blocks = BlockReader(tree).Read()};
  MarkFurniture(tree, &page);
  MarkPictureBoxes(tree, &page);
  return page;
}

BlockRange BlocksBelow(const Tree& tree, const std::vector<Block>& blocks, NodeId node) {
  const auto before = [](const Block& block, NodeId at) { return block.first < at; };
  const auto first = std::lower_bound(blocks.begin(), blocks.end(), node, before);
  const auto last = std::lower_bound(first, blocks.end(), tree.end(node), before);
  return {static_cast<size_t>(first - blocks.begin()), static_cast<size_t>(last - blocks.begin())};
}

}  // namespace broadsheet::sources::html
