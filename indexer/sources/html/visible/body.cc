// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/html/visible/body.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>

#include "engine/text/fold.h"
#include "indexer/sources/html/metadata/metadata.h"
#include "indexer/sources/html/tree/element_role.h"
#include "indexer/sources/plain_text/line_kind.h"
#include "indexer/sources/wording/byline.h"
#include "indexer/sources/wording/credit.h"
#include "indexer/sources/wording/furniture.h"
#include "indexer/sources/wording/page_date.h"
#include "indexer/sources/wording/words.h"

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
class ElementFinder {
 public:
  ElementFinder(const Tree& tree, const std::vector<Block>& blocks)
      : tree_(tree), blocks_(blocks), sums_(blocks.size() + 1, 0) {
    for (size_t i = 0; i < blocks.size(); ++i) sums_[i + 1] = sums_[i] + Weight(blocks[i]);
  }

  // A page may show several articles one below the other: the one with the headline is meant.
  NodeId Find(NodeId headline) const {
    constexpr int kMinShare = 4;
    const NodeId best = FindBelow(0, tree_.size());
    if (best == kNoNode || headline == kNoNode) return best;
    const NodeId article = tree_.Enclosing(headline, Tag::kArticle);
    if (article == kNoNode || tree_.Within(best, article)) return best;
    const NodeId own = FindBelow(article, tree_.end(article));
    return own != kNoNode && Sum(own) * kMinShare >= Sum(best) ? own : best;
  }

 private:
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
    return best;
  }

  const Tree& tree_;
  const std::vector<Block>& blocks_;
  std::vector<int> sums_;
};

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

// "Jane Doe, The Lantern" and, in the line below, "on December 27 at 12:06": no sentence among the
// lines, and a date.
bool IsSignature(const Block& block) {
  constexpr size_t kMaxWords = 40;
  if (block.words > kMaxWords || block.text.find('\n') == std::string::npos) return false;
  const auto lines = page::SplitAt(block.text, std::to_array<std::string_view>({"\n"}));
  const bool sentence = std::any_of(lines.begin(), lines.end(), &page::EndsSentence);
  return !sentence && page::FindDate(block.text).has_value();
}

// Picks the text among the blocks of the article's element.
class TextPicker {
 public:
  TextPicker(const Tree& tree, const std::vector<Block>& blocks, const Headline& headline,
             BlockRange range)
      : tree_(tree), blocks_(blocks), headline_(headline), range_(range) {}

  // Sets the verdicts of the blocks in its range, too.
  std::vector<size_t> Pick(std::vector<BlockVerdict>* verdicts) {
    const BlockRange all = range_;
    SetStart();
    FindHome();
    std::vector<size_t> picked;
    for (size_t at = all.first; at < range_.first; ++at) (*verdicts)[at] = BlockVerdict::kAboveText;
    bool skipping = false;
    for (size_t at = range_.first; at < range_.last; ++at) {
      // Behind a heading such as "Related" only what stands among the paragraphs is text again.
      if (BeginsFurniture(blocks_[at])) skipping = true;
      if (skipping && AtHome(at) && IsParagraph(blocks_[at])) skipping = false;
      const BlockVerdict verdict = skipping ? BlockVerdict::kBehindEndHeading : Judge(at);
      (*verdicts)[at] = verdict;
      if (verdict == BlockVerdict::kText) picked.push_back(at);
    }
    // Headings without text below, and stray lines at the end.
    while (!picked.empty() && !IsParagraph(blocks_[picked.back()]) &&
           !blocks_[picked.back()].ends_sentence && !blocks_[picked.back()].in_post) {
      (*verdicts)[picked.back()] = BlockVerdict::kTrailing;
      picked.pop_back();
    }
    return picked;
  }

 private:
  // From the first paragraph below the headline.
  void SetStart() {
    for (size_t at = range_.first; at < range_.last; ++at) {
      if (blocks_[at].first < HeadlineEnd()) range_.first = at + 1;
    }
    while (range_.first < range_.last && !IsParagraph(blocks_[range_.first]) &&
           !blocks_[range_.first].in_post) {
      ++range_.first;
    }
  }

  // The element right around most of the paragraphs' words, when they have one.
  void FindHome() {
    std::map<NodeId, size_t> words;
    std::map<NodeId, size_t> own_words;
    NodeId before = kNoNode;
    size_t all = 0;
    for (size_t at = range_.first; at < range_.last; ++at) {
      if (!IsParagraph(blocks_[at])) continue;
      words[tree_.parent(blocks_[at].element)] += blocks_[at].words;
      all += blocks_[at].words;
      if (blocks_[at].element == before) own_words[before] += blocks_[at].words;
      before = blocks_[at].element;
    }
    for (const auto& [element, count] : words) {
      if (count * 2 > all) home_ = element;
    }
    for (const auto& [element, count] : own_words) {
      if (count * 2 > all) parted_by_breaks_ = element;
    }
  }

  bool AtHome(size_t at) const {
    return home_ == kNoNode || tree_.parent(blocks_[at].element) == home_;
  }

  NodeId HeadlineEnd() const { return headline_.node == kNoNode ? 0 : tree_.end(headline_.node); }

  static bool BeginsFurniture(const Block& block) {
    std::string_view rest;
    if (IsParagraph(block)) return false;
    return page::IsTagsLabel(block.text, &rest) || (block.heading && page::IsFurniture(block.text));
  }

  BlockVerdict Judge(size_t at) const {
    const Block& block = blocks_[at];
    if (block.furniture) return BlockVerdict::kFurniture;
    if (block.caption) return BlockVerdict::kCaption;
    if (IsLinkLine(block)) return BlockVerdict::kLinks;
    if (IsSignature(block)) return BlockVerdict::kSignature;
    if (IsParagraph(block) || block.in_post) return BlockVerdict::kText;
    if (block.text == headline_.text) return BlockVerdict::kHeadline;
    if (IsAside(block)) return BlockVerdict::kAside;
    if (block.linked_words * 2 > block.words) return BlockVerdict::kLinks;
    // Away from the paragraphs there are boxes: facts, players, teasers.
    if (home_ != kNoNode && !tree_.Within(block.element, home_)) return BlockVerdict::kAwayFromText;
    if (block.heading || block.ends_sentence || block.in_list || block.in_table) {
      return BlockVerdict::kText;
    }
    const Tag tag = tree_.tag(block.element);
    const bool text = tag == Tag::kP || tag == Tag::kBlockquote || IsBoldLine(at) ||
                      block.element == parted_by_breaks_;
    return text ? BlockVerdict::kText : BlockVerdict::kFragment;
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
  NodeId home_ = kNoNode;
  // The element that has most paragraphs in itself, with breaks between them; or kNoNode.
  NodeId parted_by_breaks_ = kNoNode;
};

// The block between headline and text that is the standfirst: by its element's name, or because
// the page states it as its description.
std::optional<size_t> FindStandfirst(const Tree& tree, const std::vector<Block>& blocks,
                                     const BodyHints& hints, size_t first) {
  constexpr size_t kMinWords = 5;
  const NodeId begin = hints.headline.node == kNoNode ? 0 : hints.headline.node;
  const std::string stated = text::FoldValue(hints.summary);
  for (size_t at = 0; at < first; ++at) {
    const Block& block = blocks[at];
    const bool out = block.first < begin || block.caption || block.words < kMinWords;
    if (out || block.linked_words * 2 > block.words || block.text == hints.headline.text) continue;
    const std::string folded = text::FoldValue(block.text);
    if (!stated.empty() && (stated.starts_with(folded) || folded.starts_with(stated))) return at;
    if (block.furniture || hints.headline.node == kNoNode) continue;
    const NodeId parent = tree.parent(block.element);
    const bool named = RoleOf(tree, block.element) == ElementRole::kSummary ||
                       (parent != kNoNode && RoleOf(tree, parent) == ElementRole::kSummary);
    if (named && !IsAside(block)) return at;
  }
  return std::nullopt;
}

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

Choice<Body> FindBody(const Tree& tree, const VisiblePage& page, const BodyHints& hints) {
  constexpr std::ptrdiff_t kMaxIntroduction = 2;
  const std::vector<Block>& blocks = page.blocks;
  Body body;
  body.verdicts.assign(blocks.size(), BlockVerdict::kOutside);
  body.element = ElementFinder(tree, blocks).Find(hints.headline.node);
  if (body.element != kNoNode) {
    const BlockRange range = BlocksBelow(tree, blocks, body.element);
    body.blocks = TextPicker(tree, blocks, hints.headline, range).Pick(&body.verdicts);
    if (!body.blocks.empty()) {
      const auto standfirst = FindStandfirst(tree, blocks, hints, body.blocks.front());
      if (standfirst.has_value()) body.blocks.insert(body.blocks.begin(), *standfirst);
    }
    body.text = TextOf(blocks, body.blocks);
  }
  std::string stated_text = StatedText(hints.stated);
  if (stated_text.size() > 2 * body.text.size()) {
    body.text = std::move(stated_text);
    return {std::move(body), "JSON-LD articleBody: the page shows less"};
  }
  const auto shown = std::count_if(body.blocks.begin(), body.blocks.end(),
                                   [&](size_t at) { return IsParagraph(blocks[at]); });
  if (!hints.live.empty() && shown <= kMaxIntroduction) {
    if (!body.text.empty()) body.text += "\n\n";
    body.text += StatedText(hints.live);
    return {std::move(body), "JSON-LD liveBlogUpdate: the page shows an introduction at most"};
  }
  if (body.text.empty()) return {};
  return {std::move(body), "the element where paragraphs most outweigh the rest"};
}

}  // namespace broadsheet::sources::html
