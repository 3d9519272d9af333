// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/html/tree/block.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
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
    if (tag == Tag::kFigcaption || (tag == Tag::kFigure && !IsQuotation(at))) {
      extend(&around_.caption_end);
    }
    if (tag == Tag::kBr) AddBreak();
  }

  // A figure that shows a quotation instead of a picture. A pull quote repeats the text.
  bool IsQuotation(NodeId figure) const {
    if (tree_.FirstBelow(figure, Tag::kBlockquote) == kNoNode) return false;
    const std::string_view name = tree_.attribute(figure, Attribute::kClass);
    if (absl::StrContains(absl::AsciiStrToLower(std::string(name)), "pull")) return false;
    constexpr auto kShown =
        std::to_array<Tag>({Tag::kImg, Tag::kPicture, Tag::kVideo, Tag::kIframe, Tag::kSvg});
    return std::all_of(kShown.begin(), kShown.end(),
                       [&](Tag tag) { return tree_.FirstBelow(figure, tag) == kNoNode; });
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

  // An element that HTML does not have stands in a line unless it holds blocks.
  bool IsInlineByContent(NodeId node) const {
    constexpr NodeId kMaxNodes = 20;
    if (tree_.tag(node) != Tag::kOther || tree_.end(node) - node > kMaxNodes) return false;
    for (NodeId at = node + 1; at < tree_.end(node); ++at) {
      const Tag tag = tree_.tag(at);
      if (tag != Tag::kText && tag != Tag::kOther && !IsInline(tag)) return false;
    }
    return true;
  }

  NodeId ElementOf(NodeId text) const {
    NodeId at = tree_.parent(text);
    while (at != kNoNode && (IsInline(tree_.tag(at)) || IsInlineByContent(at))) {
      at = tree_.parent(at);
    }
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

// Parts of lists, tables and quotations, which stand among the paragraphs as a whole.
bool IsPartOfText(Tag tag) {
  switch (tag) {
    case Tag::kLi:
    case Tag::kUl:
    case Tag::kOl:
    case Tag::kDl:
    case Tag::kDt:
    case Tag::kDd:
    case Tag::kTable:
    case Tag::kTbody:
    case Tag::kTr:
    case Tag::kTd:
    case Tag::kTh:
    case Tag::kBlockquote:
      return true;
    default:
      return false;
  }
}

}  // namespace

std::vector<Block> ReadBlocks(const Tree& tree) { return BlockReader(tree).Read(); }

bool IsParagraph(const Block& block) {
  if (block.furniture || block.caption || block.heading) return false;
  if (block.linked_words * 2 > block.words) return false;
  const size_t least = block.ends_sentence ? kMinParagraphWords : kMinOpenParagraphWords;
  return block.words >= least;
}

NodeId HolderOf(const Tree& tree, const Block& block) {
  NodeId at = tree.parent(block.element);
  while (at != kNoNode && IsPartOfText(tree.tag(at))) at = tree.parent(at);
  return at;
}

BlockRange BlocksBelow(const Tree& tree, const std::vector<Block>& blocks, NodeId node) {
  const auto before = [](const Block& block, NodeId at) { return block.first < at; };
  const auto first = std::lower_bound(blocks.begin(), blocks.end(), node, before);
  const auto last = std::lower_bound(first, blocks.end(), tree.end(node), before);
  return {static_cast<size_t>(first - blocks.begin()), static_cast<size_t>(last - blocks.begin())};
}

}  // namespace broadsheet::sources::html
