// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/html/tree/furniture_marks.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "indexer/sources/html/tree/element_role.h"

namespace broadsheet::sources::html {
namespace {

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

// Names of these elements say how the page looks, or style a line of text.
bool IsNamedForLooks(Tag tag) {
  return tag == Tag::kTr || tag == Tag::kTd || tag == Tag::kTh || tag == Tag::kLi ||
         tag == Tag::kP || tag == Tag::kMain;
}

bool IsFurnitureTag(Tag tag) {
  return tag == Tag::kAside || tag == Tag::kForm || tag == Tag::kMenu || tag == Tag::kButton;
}

class FurnitureMarker {
 public:
  FurnitureMarker(const Tree& tree, const FurnitureFilter& filter, std::vector<Block>* blocks)
      : tree_(tree), filter_(filter), blocks_(*blocks), sums_(blocks->size() + 1, 0) {
    absl::flat_hash_set<absl::string_view> seen;
    for (size_t i = 0; i < blocks_.size(); ++i) {
      const bool counts = IsParagraph(blocks_[i]) && seen.insert(blocks_[i].text).second;
      sums_[i + 1] = sums_[i] + (counts ? blocks_[i].words : 0);
    }
  }

  FurnitureMarks Mark() {
    FindMarked();
    Weigh();
    for (size_t i = 0; i < marked_.size();) {
      const Marked& marked = marked_[i];
      if (!MarkBlocks(marked)) {
        ++i;
        continue;
      }
      marks_.ranges.push_back({marked.node, tree_.end(marked.node)});
      while (i < marked_.size() && marked_[i].node < tree_.end(marked.node)) ++i;
    }
    return std::move(marks_);
  }

 private:
  // An element whose role may mark its blocks.
  struct Marked {
    NodeId node;
    ElementRole role;
    size_t words;
    // The name that gave the role; empty when a tag or hiding did.
    std::string_view name;
  };

  void FindMarked() {
    for (NodeId at = 0; at < tree_.size(); ++at) {
      const Tag tag = tree_.tag(at);
      if (tag == Tag::kText || tag == Tag::kHtml || tag == Tag::kBody) continue;
      const ElementRole role = RoleOf(tree_, at, &names_);
      if (role == ElementRole::kNone || role > ElementRole::kCredit) continue;
      Marked marked{.node = at, .role = role, .words = WordsBelow(at), .name = {}};
      const bool named =
          role == ElementRole::kPerhapsFurniture && !IsFurnitureTag(tag) && !IsHidden(tree_, at);
      if (named) marked.name = RoleOfNames(tree_, at, &names_).name;
      const bool post = role == ElementRole::kEmbeddedPost;
      if (IsDistrusted(marked) || (post && HoldsHeadline(at))) continue;
      marked_.push_back(marked);
      if (post) posts_.push_back(at);
    }
  }

  bool IsDistrusted(const Marked& marked) const {
    const Tag tag = tree_.tag(marked.node);
    switch (marked.role) {
      case ElementRole::kComments:
      case ElementRole::kFurniture:
        return filter_.trust == NameTrust::kNone;
      case ElementRole::kPaywall:
        return filter_.trust != NameTrust::kAll || IsNamedForLooks(tag);
      case ElementRole::kPerhapsFurniture:
        if (filter_.trust == NameTrust::kNone) return tag != Tag::kDialog;
        if (!marked.name.empty() && IsNamedForLooks(tag)) return true;
        return filter_.trust == NameTrust::kSureWords && !marked.name.empty();
      default:
        return false;
    }
  }

  // How much text there is without what is surely furniture, and by each name that may be one.
  void Weigh() {
    all_ = sums_.back();
    NodeId end = 0;
    for (const Marked& marked : marked_) {
      if (marked.node < end || HoldsHeadline(marked.node)) continue;
      if (marked.role <= ElementRole::kFurniture) {
        end = tree_.end(marked.node);
        all_ -= std::min(all_, marked.words);
      }
    }
    end = 0;
    for (const Marked& marked : marked_) {
      if (marked.node < end || marked.name.empty() || HoldsHeadline(marked.node)) continue;
      end = tree_.end(marked.node);
      words_by_name_[absl::string_view(marked.name.data(), marked.name.size())] += marked.words;
    }
  }

  // True if the whole element was dealt with.
  bool MarkBlocks(const Marked& marked) {
    const BlockRange range = BlocksBelow(tree_, blocks_, marked.node);
    if (marked.role == ElementRole::kEmbeddedPost) {
      MarkPost(range);
      marks_.posts.push_back({marked.node, tree_.end(marked.node)});
      return true;
    }
    const bool furniture = marked.role < ElementRole::kEmbeddedPost;
    if (furniture ? !IsFurniture(marked) : IsMuchOfThePage(marked)) return false;
    for (size_t i = range.first; i < range.last; ++i) {
      (furniture ? blocks_[i].furniture : blocks_[i].caption) = true;
    }
    if (furniture && marked.role > ElementRole::kFurniture) marks_.doubtful_words += marked.words;
    return furniture;
  }

  // What somebody posted elsewhere is quoted; who did, when, and how often it was shared is not.
  void MarkPost(BlockRange range) {
    for (size_t i = range.first; i < range.last; ++i) {
      Block& block = blocks_[i];
      const bool quoted =
          tree_.tag(block.element) == Tag::kP && block.linked_words * 2 <= block.words;
      block.furniture = !quoted;
      block.in_post = quoted;
    }
  }

  bool IsFurniture(const Marked& marked) {
    const Tag tag = tree_.tag(marked.node);
    if (tag == Tag::kNav || tag == Tag::kFooter) return true;
    if (HoldsHeadline(marked.node)) return false;
    switch (marked.role) {
      case ElementRole::kNeverText:
        return true;
      case ElementRole::kComments:
        return filter_.headline != kNoNode || !IsMuchOfThePage(marked);
      case ElementRole::kPaywall: {
        constexpr size_t kLongestNotice = 60;
        return marked.words <= kLongestNotice && !IsMuchOfThePage(marked);
      }
      case ElementRole::kFurniture:
        return filter_.headline == kNoNode ? !IsMuchOfThePage(marked) : !IsMostOfThePage(marked);
      default:
        break;
    }
    // "social-embed" around a post: what is in the post is decided there.
    if (HoldsPost(marked.node)) return false;
    if (tag == Tag::kAside && IsPictureAside(tree_, blocks_, marked.node)) return false;
    if (IsHiddenText(marked)) return false;
    if (IsMuchOfThePage(marked)) return IsUnshown(marked) && IsCopy(marked.node);
    return !IsMostlyThatName(marked.name);
  }

  // Hidden, or named so: the name alone may be one of the part that a script shows.
  bool IsUnshown(const Marked& marked) {
    if (IsHidden(tree_, marked.node)) return true;
    const std::string_view word = RoleOfNames(tree_, marked.node, &names_).word;
    return word == "hidden" || word == "hide" || word == "print-only" || word == "offscreen";
  }

  // "page-with-sidebar" in other words.
  bool IsMuchOfThePage(const Marked& marked) const {
    constexpr double kMaxShare = 0.35;
    return static_cast<double>(marked.words) > kMaxShare * static_cast<double>(all_);
  }

  // A notice alone is no page.
  bool IsMostOfThePage(const Marked& marked) const {
    constexpr double kMost = 0.6;
    constexpr std::ptrdiff_t kMinParagraphs = 2;
    if (static_cast<double>(marked.words) <= kMost * static_cast<double>(sums_.back()))
      return false;
    const BlockRange range = BlocksBelow(tree_, blocks_, marked.node);
    const auto begin = blocks_.begin();
    return std::count_if(begin + static_cast<std::ptrdiff_t>(range.first),
                         begin + static_cast<std::ptrdiff_t>(range.last),
                         &IsParagraph) >= kMinParagraphs;
  }

  // Most of the text is in elements of this one name: it cannot mean furniture.
  bool IsMostlyThatName(std::string_view name) const {
    const auto found = words_by_name_.find(absl::string_view(name.data(), name.size()));
    return !name.empty() && found != words_by_name_.end() && found->second * 2 > all_;
  }

  // A hidden element that says what the page shows elsewhere, too.
  bool IsCopy(NodeId node) {
    // Elements within one another are compared once.
    if (node < compared_end_) return false;
    compared_end_ = tree_.end(node);
    absl::flat_hash_set<absl::string_view> hidden;
    const BlockRange range = BlocksBelow(tree_, blocks_, node);
    for (size_t i = range.first; i < range.last; ++i) {
      if (IsParagraph(blocks_[i])) hidden.insert(blocks_[i].text);
    }
    if (alike_.empty()) {
      for (size_t i = 0; i < blocks_.size(); ++i) alike_[blocks_[i].text].push_back(i);
    }
    size_t copied = 0;
    for (const absl::string_view text : hidden) {
      const std::vector<size_t>& alike = alike_.at(text);
      // From the last one: those before are marked as furniture first.
      for (auto at = alike.rbegin(); at != alike.rend(); ++at) {
        const bool inside = *at >= range.first && *at < range.last;
        if (!inside && IsParagraph(blocks_[*at]) && ++copied * 2 > hidden.size()) return true;
      }
    }
    return false;
  }

  // A hidden part of the text, as behind a paywall: paragraphs below two visible ones of the same
  // parent, not said a second time.
  bool IsHiddenText(const Marked& marked) {
    constexpr size_t kMinParagraphs = 2;
    const NodeId node = marked.node;
    const Tag tag = tree_.tag(node);
    const bool plain = tag == Tag::kDiv || tag == Tag::kSection || tag == Tag::kP;
    if (marked.words == 0 || !plain || !IsHidden(tree_, node)) return false;
    if (children_.empty()) CountChildren();
    const auto found = children_.find(tree_.parent(node));
    if (found == children_.end() || found->second.second_visible > node) return false;
    size_t hidden = found->second.hidden;
    if (tag != Tag::kP) {
      const BlockRange range = BlocksBelow(tree_, blocks_, node);
      const auto begin = blocks_.begin();
      hidden = static_cast<size_t>(std::count_if(begin + static_cast<std::ptrdiff_t>(range.first),
                                                 begin + static_cast<std::ptrdiff_t>(range.last),
                                                 &IsParagraph));
    }
    return hidden >= kMinParagraphs && !IsCopy(node);
  }

  // The paragraphs right below an element.
  struct Children {
    size_t visible = 0;
    // Where the second visible one is; kNoNode when there is none.
    NodeId second_visible = kNoNode;
    size_t hidden = 0;
  };

  void CountChildren() {
    for (const Block& block : blocks_) {
      if (!IsParagraph(block)) continue;
      Children& children = children_[HolderOf(tree_, block)];
      if (IsHidden(tree_, block.element)) {
        ++children.hidden;
      } else if (++children.visible == 2) {
        children.second_visible = block.first;
      }
    }
  }

  bool HoldsPost(NodeId node) const {
    const auto post = std::upper_bound(posts_.begin(), posts_.end(), node);
    return post != posts_.end() && *post < tree_.end(node);
  }

  bool HoldsHeadline(NodeId node) const {
    return filter_.headline != kNoNode && tree_.Within(filter_.headline, node);
  }

  size_t WordsBelow(NodeId node) const {
    const BlockRange range = BlocksBelow(tree_, blocks_, node);
    return sums_[range.last] - sums_[range.first];
  }

  const Tree& tree_;
  const FurnitureFilter filter_;
  NameRoleCache names_;
  std::vector<Block>& blocks_;
  // Words of paragraphs up to each block; one that is repeated counts once.
  std::vector<size_t> sums_;
  std::vector<Marked> marked_;
  // The embedded posts among them.
  std::vector<NodeId> posts_;
  // The end of the last element that was compared with the rest of the page.
  NodeId compared_end_ = 0;
  // Blocks of one text, in order; empty until asked for.
  absl::flat_hash_map<absl::string_view, std::vector<size_t>> alike_;
  // By the element around them; empty until asked for.
  absl::flat_hash_map<NodeId, Children> children_;
  // Words of paragraphs that are not surely furniture.
  size_t all_ = 0;
  absl::flat_hash_map<absl::string_view, size_t> words_by_name_;
  FurnitureMarks marks_;
};

}  // namespace

FurnitureMarks MarkFurniture(const Tree& tree, const FurnitureFilter& filter,
                             std::vector<Block>* blocks) {
  return FurnitureMarker(tree, filter, blocks).Mark();
}

}  // namespace broadsheet::sources::html
