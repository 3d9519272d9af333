// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/html/body.h"

#include <algorithm>
#include <utility>

#include "indexer/sources/html/element_role.h"
#include "indexer/sources/html/metadata.h"
#include "indexer/sources/page/credit.h"
#include "indexer/sources/page/furniture.h"
#include "indexer/sources/page/line_kind.h"
#include "indexer/sources/page/page_date.h"
#include "indexer/sources/page/words.h"
#include "indexer/sources/people/byline.h"

namespace broadsheet::sources::html {
namespace {

// Weights of blocks; they matter by their order of size only.
constexpr int kMaxParagraphWeight = 60;
constexpr int kLinkedWeight = -6;
constexpr int kShortWeight = -2;

int Weight(const Block& block) {
  if (block.furniture || block.caption) return 0;
  if (IsParagraph(block))
    return static_cast<int>(std::min<size_t>(block.words, kMaxParagraphWeight));
  if (block.linked_words * 2 > block.words) return kLinkedWeight;
  return kShortWeight;
}

// The element with the greatest sum; of equal ones the innermost.
NodeId FindElement(const Tree& tree, const std::vector<Block>& blocks) {
  std::vector<int> sums(blocks.size() + 1, 0);
  for (size_t i = 0; i < blocks.size(); ++i) sums[i + 1] = sums[i] + Weight(blocks[i]);
  NodeId best = kNoNode;
  int best_sum = 0;
  std::vector<bool> seen(tree.size(), false);
  for (const Block& block : blocks) {
    if (!IsParagraph(block)) continue;
    for (NodeId at = block.element; at != kNoNode && !seen[at]; at = tree.parent(at)) {
      seen[at] = true;
      const BlockRange range = BlocksBelow(tree, blocks, at);
      const int sum = sums[range.last] - sums[range.first];
      const bool inner = best != kNoNode && sum == best_sum && tree.Within(at, best);
      if (sum > best_sum || inner) {
        best = at;
        best_sum = sum;
      }
    }
  }
  return best;
}

bool IsLinkLine(const Block& block) {
  return block.linked_words > 0 && block.linked_words * 10 >= block.words * 8;
}

// A line that tells of the article or the page instead of going on with the text.
bool IsAside(const Block& block) {
  constexpr size_t kMaxDateLineWords = 14;
  if (page::IsFurniture(block.text) || page::IsCopyright(block.text)) return true;
  if (page::CreditOfLine(block.text).has_value()) return true;
  if (block.ends_sentence) return false;
  if (!people::ReadByline(block.text).empty()) return true;
  return block.words <= kMaxDateLineWords && page::FindDate(block.text).has_value();
}

// Picks the text among the blocks of the article's element.
class TextPicker {
 public:
  TextPicker(const Tree& tree, const std::vector<Block>& blocks, const Headline& headline,
             BlockRange range)
      : tree_(tree), blocks_(blocks), headline_(headline), range_(range) {}

  std::vector<size_t> Pick() {
    SetEnds();
    std::vector<size_t> picked;
    for (size_t at = range_.first; at < range_.last; ++at) {
      if (IsText(at)) picked.push_back(at);
    }
    // Headings without text below, and stray lines at the end.
    while (!picked.empty() && !IsParagraph(blocks_[picked.back()]) &&
           !blocks_[picked.back()].ends_sentence) {
      picked.pop_back();
    }
    return picked;
  }

 private:
  // From the first paragraph below the headline to where tags or lists of other articles begin.
  void SetEnds() {
    constexpr double kMinShare = 0.6;
    size_t words = 0;
    for (size_t at = range_.first; at < range_.last; ++at) {
      if (blocks_[at].first < HeadlineEnd()) range_.first = at + 1;
    }
    while (range_.first < range_.last && !IsParagraph(blocks_[range_.first])) ++range_.first;
    for (size_t at = range_.first; at < range_.last; ++at) {
      if (IsParagraph(blocks_[at])) words += blocks_[at].words;
    }
    size_t so_far = 0;
    for (size_t at = range_.first; at < range_.last; ++at) {
      if (IsParagraph(blocks_[at])) so_far += blocks_[at].words;
      const bool most = static_cast<double>(so_far) >= kMinShare * static_cast<double>(words);
      if (most && EndsText(blocks_[at])) range_.last = at;
    }
  }

  NodeId HeadlineEnd() const { return headline_.node == kNoNode ? 0 : tree_.end(headline_.node); }

  bool EndsText(const Block& block) const {
    std::string_view rest;
    if (IsParagraph(block)) return false;
    if (page::IsTagsLabel(block.text, &rest)) return true;
    return block.heading && page::IsFurniture(block.text);
  }

  bool IsText(size_t at) const {
    const Block& block = blocks_[at];
    if (block.furniture || block.caption || IsLinkLine(block)) return false;
    if (IsParagraph(block)) return true;
    if (block.text == headline_.text || IsAside(block)) return false;
    if (block.heading || block.ends_sentence || block.in_list || block.in_table) return true;
    const Tag tag = tree_.tag(block.element);
    return tag == Tag::kP || tag == Tag::kBlockquote || IsBoldLine(at);
  }

  // A subheading that is only printed bold.
  bool IsBoldLine(size_t at) const {
    const Block& block = blocks_[at];
    return block.strong_words == block.words && at + 1 < range_.last &&
           IsParagraph(blocks_[at + 1]);
  }

  const Tree& tree_;
  const std::vector<Block>& blocks_;
  const Headline& headline_;
  BlockRange range_;
};

std::string TextOf(const std::vector<Block>& blocks, const std::vector<size_t>& chosen) {
  std::string text;
  for (const size_t at : chosen) {
    if (!text.empty()) text += "\n\n";
    text += blocks[at].text;
  }
  return text;
}

// Paragraphs of a text in JSON-LD: its own line breaks.
std::string StatedText(std::string_view stated) {
  std::string text;
  while (!stated.empty()) {
    const size_t end = std::min(stated.find('\n'), stated.size());
    const std::string line = PlainText(stated.substr(0, end));
    if (!line.empty()) {
      if (!text.empty()) text += "\n\n";
      text += line;
    }
    stated.remove_prefix(std::min(end + 1, stated.size()));
  }
  return text;
}

}  // namespace

Choice<Body> FindBody(const Tree& tree, const VisiblePage& page, const Headline& headline,
                      std::string_view stated) {
  const std::vector<Block>& blocks = page.blocks;
  Body body;
  body.element = FindElement(tree, blocks);
  if (body.element != kNoNode) {
    const BlockRange range = BlocksBelow(tree, blocks, body.element);
    body.blocks = TextPicker(tree, blocks, headline, range).Pick();
    body.text = TextOf(blocks, body.blocks);
  }
  std::string stated_text = StatedText(stated);
  if (stated_text.size() > 2 * body.text.size()) {
    body.text = std::move(stated_text);
    return {std::move(body), "JSON-LD articleBody: the page shows less"};
  }
  if (body.text.empty()) return {};
  return {std::move(body), "the element where paragraphs most outweigh the rest"};
}

}  // namespace broadsheet::sources::html
