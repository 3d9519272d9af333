// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/html/pictures/figure_reader.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "indexer/sources/html/pictures/picture_line.h"
#include "indexer/sources/html/tree/element_role.h"
#include "indexer/sources/wording/furniture.h"
#include "indexer/sources/wording/page_date.h"
#include "indexer/sources/wording/people/byline.h"
#include "indexer/sources/wording/people/byline_role.h"
#include "indexer/sources/wording/people/caption_credit.h"
#include "indexer/sources/wording/people/credit.h"
#include "indexer/sources/wording/people/credit_label.h"
#include "indexer/sources/wording/people/organisation.h"
#include "indexer/sources/wording/word_set.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::html {
namespace {

// What has more parts is no caption, and they are compared each with each.
constexpr size_t kMaxSegments = 100;

// A piece of a figure: what stands in one element, formatting aside.
struct Segment {
  NodeId element;
  std::string text;
  bool credit;
  bool in_caption;
  // Behind a line break within the element of the part before.
  bool broken = false;
};

// What only sets words within a line; with a class of its own it may be a part: "<b class=credit>".
bool IsFormatting(const Tree& tree, NodeId node) {
  switch (tree.tag(node)) {
    case Tag::kB:
    case Tag::kEm:
    case Tag::kI:
    case Tag::kStrong:
      return tree.attribute(node, Attribute::kClass).empty();
    case Tag::kA:
    case Tag::kSup:
    case Tag::kSub:
    case Tag::kQ:
    case Tag::kFont:
    case Tag::kMark:
      return true;
    default:
      return false;
  }
}

class FigureReader {
 public:
  FigureReader(const Tree& tree, NodeId holder) : tree_(tree), holder_(holder) {}

  std::optional<v1::Caption> Read() {
    ReadSegments();
    if (segments_.size() > kMaxSegments) return std::nullopt;
    KeepCaptionParts();
    MoveCredits();
    v1::Caption caption;
    std::string text = Joined(false, " ");
    std::string credit = Joined(true, ", ");
    if (credit.empty() && (IsCounter(text) || IsLinkedTitle())) return std::nullopt;
    if (credit.empty() && IsLabelledCredit(text)) std::swap(text, credit);
    if (credit.empty()) {
      const size_t cut = page::FindCreditInCaption(text);
      if (cut < text.size()) {
        credit = text.substr(cut);
        text.resize(cut);
      }
    }
    text = std::string(page::Trim(text));
    if (page::CountWords(text) > kMaxCaptionWords) return std::nullopt;
    if (credit.empty() && !text.empty()) credit = CreditOfPicture(text);
    caption.set_text(std::string(page::LabelledCaption(text).value_or(text)));
    caption.set_credit(page::PlainCredit(credit));
    if (caption.text().empty() && caption.credit().empty()) return std::nullopt;
    if (IsByTheWay(caption.text().empty() ? caption.credit() : caption.text())) return std::nullopt;
    if (caption.credit().empty() && people::IsRole(caption.text())) return std::nullopt;
    return caption;
  }

 private:
  void ReadSegments() {
    for (NodeId at = holder_; at < tree_.end(holder_) && segments_.size() <= kMaxSegments;) {
      const Tag tag = tree_.tag(at);
      const bool button = tag == Tag::kButton && tree_.FirstBelow(at, Tag::kFigcaption) == kNoNode;
      if (IsUnseen(tag) || button || IsInvisible(tree_, at)) {
        at = tree_.end(at);
        continue;
      }
      if (tag == Tag::kBr) line_ends_ = true;
      if (tag == Tag::kText) AddText(at);
      ++at;
    }
    if (segments_.size() > kMaxSegments) return;
    std::vector<Segment> kept;
    for (Segment& segment : segments_) {
      segment.text = std::string(page::Trim(segment.text));
      // A button without a tag of its own, or what is shown twice for another size of screen.
      const bool known = std::any_of(kept.begin(), kept.end(), [&](const Segment& other) {
        return other.text == segment.text;
      });
      if (segment.text.empty() || known || page::IsFurniture(segment.text)) continue;
      if (IsPictureButton(segment.text)) continue;
      kept.push_back(std::move(segment));
    }
    segments_ = std::move(kept);
  }

  void AddText(NodeId text) {
    NodeId element = tree_.parent(text);
    while (element != holder_ && element != kNoNode && IsFormatting(tree_, element)) {
      element = tree_.parent(element);
    }
    const bool same = !segments_.empty() && segments_.back().element == element;
    const bool breaks = std::exchange(line_ends_, false);
    if (!same || breaks) {
      segments_.push_back({.element = element,
                           .text = "",
                           .credit = HasRole(text, ElementRole::kCredit),
                           .in_caption = HasRole(text, ElementRole::kCaption),
                           .broken = same});
    }
    AppendCollapsed(tree_.text(text), &segments_.back().text);
  }

  bool HasRole(NodeId node, ElementRole role) const {
    for (NodeId at = tree_.parent(node); at != kNoNode; at = tree_.parent(at)) {
      if (tree_.tag(at) == Tag::kCite && role == ElementRole::kCredit) return true;
      ElementRole found = RoleOf(tree_, at);
      // "credit-caption" is what both stand in.
      if (found == ElementRole::kCredit && IsNamedForCaption(at)) found = ElementRole::kCaption;
      if (found == role) return true;
      // Below a picture the author is who took it, and the source where it comes from.
      if (role == ElementRole::kCredit && (found == ElementRole::kByline || IsSource(at))) {
        return true;
      }
      if (at == holder_) return false;
    }
    return false;
  }

  bool IsNamedForCaption(NodeId node) const {
    return tree_.attribute(node, Attribute::kClass).ends_with("caption");
  }

  // By a class such as "box-source"; a "resource" is none.
  bool IsSource(NodeId node) const {
    const std::string_view name = tree_.attribute(node, Attribute::kClass);
    const size_t found = name.find("source");
    if (found == name.npos) return false;
    return found == 0 || !absl::ascii_isalnum(static_cast<unsigned char>(name[found - 1]));
  }

  // Where a figure names its caption, the rest of it is no caption: buttons, counters.
  void KeepCaptionParts() {
    const bool named = std::any_of(segments_.begin(), segments_.end(),
                                   [](const Segment& segment) { return segment.in_caption; });
    if (!named) return;
    std::erase_if(segments_, [](const Segment& segment) {
      return !segment.in_caption && !segment.credit && !IsLabelledCredit(segment.text);
    });
  }

  // The credit is a short segment behind (or before) the others, or one that is a credit by its
  // words.
  void MoveCredits() {
    bool after_credit = false;
    // Behind a credit that stands first comes the caption, not more of the credit.
    bool has_caption = false;
    for (size_t i = 0; i < segments_.size(); ++i) {
      Segment& segment = segments_[i];
      const bool small = page::CountWords(segment.text) <= kMaxCreditWords;
      if (segment.credit || !small) {
        after_credit = after_credit || segment.credit;
        has_caption = has_caption || !segment.credit;
        continue;
      }
      const bool last = i + 1 == segments_.size() && i > 0;
      const bool credited = segments_.size() > 1 &&
                            (page::CreditOfLine(segment.text).has_value() ||
                             people::IsAgency(segment.text) || IsLabelledCredit(segment.text));
      // A line of the caption may break within it.
      const bool apart =
          !segment.broken || i == 0 ||
          (page::EndsSentence(segments_[i - 1].text) && page::LooksLikeName(segment.text));
      const bool closes = last && apart && MayName(segment.text) &&
                          !page::EndsSentence(segment.text) && !HasCredit() &&
                          page::CountWords(segments_[0].text) > 2;
      const bool goes_on = after_credit && has_caption && !page::EndsSentence(segment.text);
      if (credited || (closes && has_caption) || goes_on) {
        segment.credit = after_credit = true;
      } else {
        has_caption = true;
      }
    }
  }

  // "with an RSS feed" goes on from the line before.
  static bool MayName(std::string_view text) {
    static const auto* const kWords = new page::FixedWords(
        "mit ohne und oder für zu im in auf am with without and or for to on at et ou avec sans "
        "pour y o con sin para per e di");
    return !kWords->Has(page::Words(text).front());
  }

  bool HasCredit() const {
    return std::any_of(segments_.begin(), segments_.end(),
                       [](const Segment& segment) { return segment.credit; });
  }

  std::string Joined(bool credit, std::string_view mark) const {
    std::string joined;
    for (const Segment& segment : segments_) {
      if (segment.credit != credit) continue;
      const std::string text = credit ? page::PlainCredit(segment.text) : segment.text;
      // A label in an element of its own: "Image:".
      if (text.empty() || (credit && text.ends_with(':'))) continue;
      if (!joined.empty()) joined += mark;
      joined += text;
    }
    return joined;
  }

  // A heading that is a link is the title of a teaser.
  bool IsLinkedTitle() const {
    for (NodeId at = holder_; at < tree_.end(holder_); ++at) {
      if (IsHeading(tree_.tag(at)) &&
          (tree_.FirstBelow(at, Tag::kA) != kNoNode || tree_.Enclosing(at, Tag::kA) != kNoNode)) {
        return true;
      }
    }
    return false;
  }

  // The credit in the title or the alternative text of the picture: behind a label, or behind the
  // caption repeated: "The old quay. | Jane Doe".
  std::string CreditOfPicture(std::string_view caption) const {
    constexpr size_t kMaxWords = 10;
    const NodeId picture = tree_.FirstBelow(holder_, Tag::kImg);
    if (picture == kNoNode) return "";
    if (const std::string_view stated = tree_.attribute(picture, Attribute::kDataCredit);
        !stated.empty() && page::CountWords(stated) <= kMaxWords) {
      return page::PlainCredit(stated);
    }
    for (const Attribute attribute : {Attribute::kTitle, Attribute::kAlt}) {
      std::string text;
      AppendCollapsed(tree_.attribute(picture, attribute), &text);
      size_t cut = page::FindCreditLabel(text);
      const bool repeats = attribute == Attribute::kTitle && text.size() > caption.size() &&
                           text.starts_with(caption);
      if (cut == text.size() && repeats) cut = caption.size();
      const std::string credit = page::PlainCredit(std::string_view(text).substr(cut));
      const bool fits = !credit.empty() && page::CountWords(credit) <= kMaxWords;
      if (cut < text.size() && fits && !page::EndsSentence(credit)) return credit;
    }
    return "";
  }

  // Dates and bylines stand in elements named "caption" that are only set in its type.
  static bool IsByTheWay(const std::string& text) {
    constexpr size_t kMaxWords = 16;
    if (page::CountWords(text) > kMaxWords || page::EndsSentence(text)) return false;
    if (IsCounter(text) || IsPlayerMessage(text) || page::IsPrivacyNotice(text)) return true;
    return page::FindDate(text).has_value() || !people::ReadByline(text).empty();
  }

  const Tree& tree_;
  const NodeId holder_;
  std::vector<Segment> segments_;
  bool line_ends_ = false;
};

}  // namespace

std::optional<v1::Caption> ReadFigure(const Tree& tree, NodeId holder) {
  return FigureReader(tree, holder).Read();
}

}  // namespace broadsheet::sources::html
