// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/html/visible/body_element.h"

#include <algorithm>

#include "absl/container/flat_hash_map.h"

namespace broadsheet::sources::html {
namespace {

// Weights of blocks; they matter by their order of size only.
constexpr int kMaxParagraphWeight = 60;
constexpr int kLinkedWeight = -6;
constexpr int kShortWeight = -2;

// The element with the greatest sum; of equal ones the innermost.
class ElementFinder {
 public:
  ElementFinder(const Tree& tree, const std::vector<Block>& blocks)
      : tree_(tree), blocks_(blocks), sums_(blocks.size() + 1, 0) {
    for (const Block& block : blocks) {
      if (IsParagraph(block)) ++paragraphs_in_[HolderOf(tree, block)];
    }
    for (size_t i = 0; i < blocks.size(); ++i) sums_[i + 1] = sums_[i] + Weight(blocks[i]);
  }

  // A page may show several articles one below the other: the one with the headline is meant.
  NodeId Find(NodeId headline) const {
    constexpr int kMinShare = 4;
    constexpr int kMinShareOfSeveral = 10;
    constexpr std::ptrdiff_t kSeveral = 3;
    const NodeId best = FindBelow(0, tree_.size());
    if (best == kNoNode || headline == kNoNode) return best;
    const NodeId article = tree_.Enclosing(headline, Tag::kArticle);
    if (article == kNoNode || tree_.Within(best, article)) return best;
    const NodeId own = FindBelow(article, tree_.end(article));
    if (own == kNoNode) return best;
    // Short texts are left out for a longer one elsewhere, unless they are several paragraphs.
    const BlockRange range = BlocksBelow(tree_, blocks_, own);
    const auto begin = blocks_.begin() + static_cast<std::ptrdiff_t>(range.first);
    const auto end = blocks_.begin() + static_cast<std::ptrdiff_t>(range.last);
    const bool several = std::count_if(begin, end, &IsParagraph) >= kSeveral;
    return Sum(own) * (several ? kMinShareOfSeveral : kMinShare) >= Sum(best) ? own : best;
  }

 private:
  int Weight(const Block& block) const {
    if (block.furniture || block.caption) return 0;
    if (IsParagraph(block)) {
      return static_cast<int>(std::min<size_t>(block.words, kMaxParagraphWeight));
    }
    const auto holder = paragraphs_in_.find(HolderOf(tree_, block));
    const int beside = holder == paragraphs_in_.end() ? 0 : holder->second;
    // One paragraph beside a link is a teaser.
    if (block.linked_words * 2 > block.words) return beside > 1 ? 0 : kLinkedWeight;
    return beside > 0 ? 0 : kShortWeight;
  }

  int Sum(NodeId node) const {
    const BlockRange range = BlocksBelow(tree_, blocks_, node);
    return sums_[range.last] - sums_[range.first];
  }

  NodeId FindBelow(NodeId begin, NodeId end) const {
    NodeId best = kNoNode;
    int best_sum = 0;
    std::vector<bool> seen(tree_.size(), false);
    for (const Block& block : blocks_) {
      if (!IsParagraph(block) || block.first < begin || block.first >= end) continue;
      for (NodeId at = block.element; at != kNoNode && at >= begin && !seen[at];
           at = tree_.parent(at)) {
        seen[at] = true;
        const int sum = Sum(at);
        const bool inner = best != kNoNode && sum == best_sum && tree_.Within(at, best);
        if (sum > best_sum || inner) {
          best = at;
          best_sum = sum;
        }
      }
    }
    // What stands beside a single paragraph may be text, too.
    if (best != kNoNode && tree_.tag(best) == Tag::kP) best = tree_.parent(best);
    return best;
  }

  const Tree& tree_;
  const std::vector<Block>& blocks_;
  std::vector<int> sums_;
  // How many paragraphs the elements right around paragraphs have.
  absl::flat_hash_map<NodeId, int> paragraphs_in_;
};

}  // namespace

NodeId FindBodyElement(const Tree& tree, const std::vector<Block>& blocks, NodeId headline) {
  return ElementFinder(tree, blocks).Find(headline);
}

}  // namespace broadsheet::sources::html
