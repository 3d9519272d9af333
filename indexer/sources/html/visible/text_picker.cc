// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/html/visible/text_picker.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "absl/strings/ascii.h"
#include "indexer/sources/html/tree/element_role.h"
#include "indexer/sources/plain_text/line_kind.h"
#include "indexer/sources/wording/end_note.h"
#include "indexer/sources/wording/furniture.h"
#include "indexer/sources/wording/page_date.h"
#include "indexer/sources/wording/people/byline.h"
#include "indexer/sources/wording/people/credit.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::html {
namespace {

bool IsLinkLine(const Block& block) {
  return block.linked_words > 0 && block.linked_words * 10 >= block.words * 8;
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

// "2019-03-02 09:18 | Harbour | by Ann Lee", "Ann Lee, annlee@lantern.example".
bool IsLineOfFacts(std::string_view line) {
  const auto strokes = std::count(line.begin(), line.end(), '|');
  return strokes > 1 || line.find('@') != std::string_view::npos;
}

// The element right around most of the paragraphs' words.
struct Home {
  // kNoNode when no element has most of them.
  NodeId element = kNoNode;
  bool has_nearly_all = false;
  // The element that has most paragraphs in itself, with breaks between them; or kNoNode.
  NodeId parted_by_breaks = kNoNode;
};

bool IsList(Tag tag) {
  return tag == Tag::kUl || tag == Tag::kOl || tag == Tag::kDl || tag == Tag::kBlockquote;
}

// "article-body", "entryContent": the element, or one right around it, is named as the text.
bool IsNamedText(const Tree& tree, NodeId element) {
  constexpr int kLevels = 2;
  constexpr auto kNames = std::to_array<std::string_view>(
      {"articlebody", "articlecontent", "articletext", "bodycopy", "bodytext", "contentbody",
       "entrybody", "entrycontent", "newsbody", "newscontent", "newstext", "postbody",
       "postcontent", "posttext", "storybody", "storycontent", "storytext", "textbody"});
  for (int level = 0; level < kLevels && element != kNoNode; ++level) {
    for (const Attribute of : {Attribute::kItemprop, Attribute::kClass, Attribute::kId}) {
      std::string name;
      for (const char c : tree.attribute(element, of)) {
        const auto byte = static_cast<unsigned char>(c);
        if (absl::ascii_isalpha(byte) || c == ' ') name += absl::ascii_tolower(byte);
      }
      for (const std::string_view word : page::Words(name)) {
        if (std::any_of(kNames.begin(), kNames.end(),
                        [&](std::string_view known) { return word.ends_with(known); })) {
          return true;
        }
      }
    }
    element = tree.parent(element);
  }
  return false;
}

Home FindHome(const Tree& tree, const std::vector<Block>& blocks, BlockRange range) {
  constexpr size_t kNearlyAllPercent = 70;
  constexpr size_t kNearlyAllOfNamedPercent = 60;
  std::map<NodeId, size_t> words;
  std::map<NodeId, size_t> own_words;
  NodeId before = kNoNode;
  size_t all = 0;
  for (size_t at = range.first; at < range.last; ++at) {
    const Block& block = blocks[at];
    if (!IsParagraph(block)) continue;
    words[tree.parent(block.element)] += block.words;
    all += block.words;
    if (block.element == before) own_words[before] += block.words;
    before = block.element;
  }
  Home home;
  for (const auto& [element, count] : words) {
    if (count * 2 <= all) continue;
    home.element = element;
    const size_t least = IsNamedText(tree, element) ? kNearlyAllOfNamedPercent : kNearlyAllPercent;
    home.has_nearly_all = count * 100 >= all * least && !IsList(tree.tag(element));
  }
  for (const auto& [element, count] : own_words) {
    if (count * 2 > all) home.parted_by_breaks = element;
  }
  return home;
}

// Picks the text among the blocks of the article's element.
class TextPicker {
 public:
  TextPicker(const Tree& tree, const std::vector<Block>& blocks, const Headline& headline,
             NodeId element)
      : tree_(tree),
        blocks_(blocks),
        headline_(headline),
        range_(BlocksBelow(tree, blocks, element)) {}

  // Sets the verdicts of the blocks in its range, too.
  std::vector<size_t> Pick(std::vector<BlockVerdict>* verdicts) {
    const size_t top = range_.first;
    SetStart();
    std::vector<size_t> picked;
    for (size_t at = top; at < range_.first; ++at) (*verdicts)[at] = BlockVerdict::kAboveText;
    size_t elsewhere = kNowhere;
    for (size_t at = range_.first; at < range_.last; ++at) {
      // Behind a heading such as "Related" only what stands among the paragraphs is text again.
      if (BeginsFurniture(at)) {
        elsewhere = at;
      } else if (elsewhere != kNowhere && LeadsBack(at, elsewhere)) {
        elsewhere = kNowhere;
      }
      const BlockVerdict verdict =
          elsewhere == kNowhere ? Judge(at) : BlockVerdict::kBehindEndHeading;
      (*verdicts)[at] = verdict;
      if (verdict == BlockVerdict::kText) picked.push_back(at);
    }
    CutEnd(&picked, verdicts);
    return picked;
  }

 private:
  static constexpr size_t kNowhere = SIZE_MAX;

  // From the first paragraph below the headline, and what belongs to it above.
  void SetStart() {
    const NodeId headline_end = headline_.node == kNoNode ? 0 : tree_.end(headline_.node);
    for (size_t at = range_.first; at < range_.last; ++at) {
      if (blocks_[at].first < headline_end) range_.first = at + 1;
    }
    const size_t top = range_.first;
    while (range_.first < range_.last && !IsParagraph(blocks_[range_.first]) &&
           !blocks_[range_.first].in_post) {
      ++range_.first;
    }
    first_paragraph_ = range_.first;
    home_ = FindHome(tree_, blocks_, range_);
    if (home_.element != kNoNode) {
      for (NodeId at = home_.element + 1; at < tree_.end(home_.element); at = tree_.end(at)) {
        ++kinds_at_home_[KindOf(at)];
      }
    }
    if (range_.first == range_.last) return;
    for (size_t at = range_.first; at > top;) {
      --at;
      if (blocks_[at].furniture) continue;
      if (!IsEdgeLine(at)) break;
      range_.first = at;
    }
  }

  // A short line, a list or a subheading beside the paragraphs that is text although it stands
  // before the first or behind the last of them.
  bool IsEdgeLine(size_t at) const {
    const Block& block = blocks_[at];
    if (home_.element == kNoNode || HolderOf(tree_, block) != home_.element) return false;
    if (Judge(at) != BlockVerdict::kText || page::LooksLikeTime(block.text)) return false;
    if (IsLineOfFacts(block.text) || page::IsMoreHeading(block.text)) return false;
    if (block.in_list || block.in_table || block.heading) return true;
    return block.words >= 2 && !page::LooksLikeName(block.text);
  }

  // Cuts headings without text below, stray lines, and notes to readers.
  void CutEnd(std::vector<size_t>* picked, std::vector<BlockVerdict>* verdicts) const {
    while (!picked->empty()) {
      const size_t last = picked->back();
      const Block& block = blocks_[last];
      const bool note = picked->size() > 1 && page::IsEndNote(block.text, block.linked_words > 0);
      const bool heading = block.heading || block.strong_words == block.words;
      const bool whole = IsParagraph(block) || block.ends_sentence || block.in_post ||
                         (!heading && IsEdgeLine(last));
      if (whole && !note) break;
      (*verdicts)[last] = note ? BlockVerdict::kEndNote : BlockVerdict::kTrailing;
      picked->pop_back();
    }
  }

  bool AtHome(size_t at) const {
    return home_.element == kNoNode || tree_.parent(blocks_[at].element) == home_.element;
  }

  // A heading or label behind which other things than text follow.
  bool BeginsFurniture(size_t at) const {
    const Block& block = blocks_[at];
    std::string_view rest;
    if (IsParagraph(block)) return false;
    if (page::IsTagsLabel(block.text, &rest)) return true;
    if (!block.heading) return false;
    return page::IsFurniture(block.text) || page::IsMoreHeading(block.text) ||
           LeadsElsewhere(tree_, block.element);
  }

  // Whether the text goes on at `at` behind the heading of something else at `heading`.
  bool LeadsBack(size_t at, size_t heading) const {
    const Block& block = blocks_[at];
    if (IsParagraph(block)) return AtHome(at) && !IsInOtherArticle(block);
    const Block& before = blocks_[heading];
    const Tag tag = tree_.tag(block.element);
    return block.heading && before.heading && block.linked_words == 0 && !block.furniture &&
           tag <= tree_.tag(before.element) &&
           tree_.parent(block.element) == tree_.parent(before.element);
  }

  // Whether the block is in an article element that does not have the text.
  bool IsInOtherArticle(const Block& block) const {
    const NodeId article = tree_.Enclosing(block.element, Tag::kArticle);
    const NodeId text = home_.element == kNoNode ? blocks_[first_paragraph_].first : home_.element;
    return article != kNoNode && !tree_.Within(text, article);
  }

  BlockVerdict Judge(size_t at) const {
    const Block& block = blocks_[at];
    if (block.furniture) return BlockVerdict::kFurniture;
    if (block.caption || IsPullQuote(block)) return BlockVerdict::kCaption;
    const bool sentence = IsLinkedSentence(block);
    if (IsLinkLine(block) && !sentence) return BlockVerdict::kLinks;
    if (IsSignature(block)) return BlockVerdict::kSignature;
    if (IsParagraph(block) && IsBehindText(block)) return BlockVerdict::kAwayFromText;
    if (IsInBox(block)) return BlockVerdict::kAwayFromText;
    if (IsParagraph(block) || block.in_post) return BlockVerdict::kText;
    if (block.text == headline_.text) return BlockVerdict::kHeadline;
    if (IsAside(block)) return BlockVerdict::kAside;
    if (block.linked_words * 2 > block.words && !sentence) return BlockVerdict::kLinks;
    // Away from the paragraphs there are boxes: facts, players, teasers.
    if (home_.element != kNoNode && !tree_.Within(block.element, home_.element)) {
      return BlockVerdict::kAwayFromText;
    }
    if (block.heading || block.ends_sentence || block.in_list || block.in_table) {
      return BlockVerdict::kText;
    }
    const Tag tag = tree_.tag(block.element);
    const bool text = tag == Tag::kP || tag == Tag::kBlockquote || IsBoldLine(at) ||
                      block.element == home_.parted_by_breaks;
    return text ? BlockVerdict::kText : BlockVerdict::kFragment;
  }

  // A quotation shown as a figure that only repeats what the text says.
  bool IsPullQuote(const Block& block) const {
    if (tree_.Enclosing(block.element, Tag::kBlockquote) == kNoNode) return false;
    if (tree_.Enclosing(block.element, Tag::kFigure) == kNoNode) return false;
    // Each is looked for in all of the text; a page of more is made to waste time.
    constexpr size_t kMostQuotes = 500;
    if (++quotes_compared_ > kMostQuotes) return false;
    const std::string_view said = page::StripMarks(block.text);
    for (size_t at = range_.first; at < range_.last; ++at) {
      if (&blocks_[at] != &block && blocks_[at].text.find(said) != std::string::npos) return true;
    }
    return false;
  }

  // A sentence among the paragraphs that links most of its words: "Divers say [the chains were
  // never looked at] since." Not "Read on: [The chains of Vellmar, and who looked at them.]"
  bool IsLinkedSentence(const Block& block) const {
    constexpr size_t kMinPlainWords = 3;
    constexpr size_t kMaxWords = 40;
    constexpr size_t kLongestLabel = 40;
    if (!block.ends_sentence || block.heading || block.words > kMaxWords) return false;
    if (block.words < block.linked_words + kMinPlainWords) return false;
    if (block.text.substr(0, kLongestLabel).find(':') != std::string::npos) return false;
    return HolderOf(tree_, block) == home_.element;
  }

  // Behind the element that has nearly all of the text, notes and boxes follow, unless the text
  // goes on in another element of the same kind.
  bool IsBehindText(const Block& block) const {
    if (!home_.has_nearly_all || block.first < tree_.end(home_.element)) return false;
    const std::string_view name = tree_.attribute(home_.element, Attribute::kClass);
    if (name.empty()) return true;
    NodeId at = block.element;
    while (at != kNoNode && !tree_.Within(home_.element, at)) {
      if (tree_.attribute(at, Attribute::kClass) == name) return false;
      at = tree_.parent(at);
    }
    return true;
  }

  // A box with a heading of its own among the paragraphs: facts, a profile. Where there are many of
  // one kind, they are how the page divides its text.
  bool IsInBox(const Block& block) const {
    constexpr int kMaxOfAKind = 2;
    if (!home_.has_nearly_all || !tree_.Within(block.element, home_.element)) return false;
    NodeId box = block.element;
    while (box != kNoNode && tree_.parent(box) != home_.element) box = tree_.parent(box);
    if (box == kNoNode || box == block.element) return false;
    const Tag tag = tree_.tag(box);
    if (tag != Tag::kDiv && tag != Tag::kSection) return false;
    const BlockRange range = BlocksBelow(tree_, blocks_, box);
    if (range.last - range.first < 2 || !blocks_[range.first].heading) return false;
    return kinds_at_home_.at(KindOf(box)) <= kMaxOfAKind;
  }

  // Elements of a kind have one tag and one class.
  using Kind = std::pair<Tag, std::string_view>;
  Kind KindOf(NodeId node) const {
    return {tree_.tag(node), tree_.attribute(node, Attribute::kClass)};
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
  size_t first_paragraph_ = 0;
  Home home_;
  // How many elements of each kind stand right in the home.
  std::map<Kind, int> kinds_at_home_;
  // How often a quotation was looked for in the text.
  mutable size_t quotes_compared_ = 0;
};

}  // namespace

std::vector<size_t> PickText(const Tree& tree, const std::vector<Block>& blocks,
                             const Headline& headline, NodeId element,
                             std::vector<BlockVerdict>* verdicts) {
  return TextPicker(tree, blocks, headline, element).Pick(verdicts);
}

bool IsAside(const Block& block) {
  constexpr size_t kMaxDateLineWords = 14;
  if (page::IsFurniture(block.text) || page::IsCopyright(block.text)) return true;
  if (page::CreditOfLine(block.text).has_value()) return true;
  if (block.ends_sentence) return false;
  if (!people::ReadByline(block.text).empty()) return true;
  return block.words <= kMaxDateLineWords && page::FindDate(block.text).has_value();
}

}  // namespace broadsheet::sources::html
