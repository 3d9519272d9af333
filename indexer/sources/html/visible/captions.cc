// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/html/visible/captions.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "engine/text/fold.h"
#include "indexer/sources/html/tree/element_role.h"
#include "indexer/sources/wording/byline.h"
#include "indexer/sources/wording/credit.h"
#include "indexer/sources/wording/furniture.h"
#include "indexer/sources/wording/organisation.h"
#include "indexer/sources/wording/page_date.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::html {
namespace {

// A longer line beside a caption is no credit.
constexpr size_t kMaxCreditWords = 14;
constexpr size_t kMaxCaptionWords = 120;
// What has more parts is no caption, and they are compared each with each.
constexpr size_t kMaxSegments = 100;
// The most captions of a page; each is compared with each.
constexpr size_t kMaxCaptions = 500;

// A piece of a figure: what stands in one element, formatting aside.
struct Segment {
  NodeId element;
  std::string text;
  bool credit;
  bool in_caption;
};

bool IsFormatting(Tag tag) {
  return tag == Tag::kA || tag == Tag::kB || tag == Tag::kEm || tag == Tag::kI ||
         tag == Tag::kStrong || tag == Tag::kSup || tag == Tag::kSub || tag == Tag::kQ ||
         tag == Tag::kFont || tag == Tag::kMark;
}

// "44 pictures", "See all 6 photos", "Alle Bilder anzeigen", "1 / 12"
bool IsCounter(std::string_view text) {
  constexpr size_t kMaxWords = 5;
  constexpr auto kWords = std::to_array<std::string_view>(
      {"see",     "view",          "show",     "open",     "all",
       "alle",    "the",           "of",       "von",      "de",
       "les",     "las",           "le",       "image",    "images",
       "picture", "pictures",      "photo",    "photos",   "foto",
       "fotos",   "bild",          "bilder",   "bildern",  "gallery",
       "galerie", "bildergalerie", "imagenes", "immagini", "anzeigen",
       "ansehen", "voir",          "toutes",   "ver",      "todas",
       "tutte",   "slideshow",     "slide",    "in",       "more",
       "weitere"});
  const std::vector<std::string_view> words = page::Words(text);
  if (words.empty() || words.size() > kMaxWords) return false;
  size_t numbers = 0;
  size_t known = 0;
  for (const std::string_view word : words) {
    const std::string folded = text::FoldValue(page::StripMarks(word));
    const bool number = std::none_of(folded.begin(), folded.end(), [](unsigned char c) {
      return absl::ascii_isalpha(c) || c >= 0x80;
    });
    if (number) {
      ++numbers;
    } else if (std::find(kWords.begin(), kWords.end(), folded) != kWords.end()) {
      ++known;
    } else {
      return false;
    }
  }
  const bool stroke = text.find('/') != text.npos;
  return (numbers > 0 && (known > 0 || stroke)) || known > 2;
}

// "The player is starting", "Video player is loading"
bool IsPlayerMessage(std::string_view text) {
  constexpr size_t kMaxWords = 8;
  constexpr auto kStarts = std::to_array<std::string_view>(
      {"the player ", "player ", "video player ", "media player ", "audio player ",
       "the video player ", "der player ", "loading the player", "loading player", "loading video",
       "this video is loading", "video wird geladen", "player wird geladen"});
  if (page::Words(text).size() > kMaxWords) return false;
  return std::any_of(kStarts.begin(), kStarts.end(), [&](std::string_view start) {
    return page::StartsWithIgnoringCase(text, start);
  });
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
    if (credit.empty() && IsCounter(text)) return std::nullopt;
    if (credit.empty()) {
      const size_t cut = page::FindCreditInCaption(text);
      if (cut < text.size()) {
        credit = text.substr(cut);
        text.resize(cut);
      }
    }
    text = std::string(page::Trim(text));
    if (page::CountWords(text) > kMaxCaptionWords) return std::nullopt;
    caption.set_text(std::string(page::LabelledCaption(text).value_or(text)));
    caption.set_credit(page::PlainCredit(credit));
    if (caption.text().empty() && caption.credit().empty()) return std::nullopt;
    if (IsByTheWay(caption.text().empty() ? caption.credit() : caption.text())) return std::nullopt;
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
      kept.push_back(std::move(segment));
    }
    segments_ = std::move(kept);
  }

  void AddText(NodeId text) {
    NodeId element = tree_.parent(text);
    while (element != holder_ && element != kNoNode && IsFormatting(tree_.tag(element))) {
      element = tree_.parent(element);
    }
    if (segments_.empty() || segments_.back().element != element) {
      segments_.push_back({.element = element,
                           .text = "",
                           .credit = HasRole(text, ElementRole::kCredit),
                           .in_caption = HasRole(text, ElementRole::kCaption)});
    }
    AppendCollapsed(tree_.text(text), &segments_.back().text);
  }

  bool HasRole(NodeId node, ElementRole role) const {
    for (NodeId at = tree_.parent(node); at != kNoNode; at = tree_.parent(at)) {
      if (tree_.tag(at) == Tag::kCite && role == ElementRole::kCredit) return true;
      const ElementRole found = RoleOf(tree_, at);
      if (found == role) return true;
      // Below a picture the author is who took it, and the source where it comes from.
      if (role == ElementRole::kCredit && (found == ElementRole::kByline || IsSource(at))) {
        return true;
      }
      if (at == holder_) return false;
    }
    return false;
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
    std::erase_if(segments_,
                  [](const Segment& segment) { return !segment.in_caption && !segment.credit; });
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
      const bool credited = page::CreditOfLine(segment.text).has_value() && segments_.size() > 1;
      const bool closes = last && !page::EndsSentence(segment.text) && !HasCredit() &&
                          page::CountWords(segments_[0].text) > 2;
      const bool goes_on = after_credit && has_caption && !page::EndsSentence(segment.text);
      if (credited || (closes && has_caption) || goes_on) {
        segment.credit = after_credit = true;
      } else {
        has_caption = true;
      }
    }
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

  // Dates and bylines stand in elements named "caption" that are only set in its type.
  static bool IsByTheWay(const std::string& text) {
    constexpr size_t kMaxWords = 16;
    if (page::CountWords(text) > kMaxWords || page::EndsSentence(text)) return false;
    if (IsCounter(text) || IsPlayerMessage(text)) return true;
    return page::FindDate(text).has_value() || !people::ReadByline(text).empty();
  }

  const Tree& tree_;
  const NodeId holder_;
  std::vector<Segment> segments_;
};

bool HasTextBlocks(const Tree& tree, const VisiblePage& page, NodeId node) {
  const BlockRange range = BlocksBelow(tree, page.blocks, node);
  size_t words = 0;
  for (size_t i = range.first; i < range.last; ++i) words += page.blocks[i].words;
  return words > 0 && words <= kMaxCaptionWords + kMaxCreditWords;
}

bool HoldsPicture(const Tree& tree, NodeId node) {
  for (NodeId at = node; at < tree.end(node); ++at) {
    switch (tree.tag(at)) {
      case Tag::kImg:
      case Tag::kPicture:
      case Tag::kVideo:
      case Tag::kAudio:
      case Tag::kIframe:
      case Tag::kObject:
      case Tag::kSvg:
        return true;
      default:
        break;
    }
  }
  return false;
}

// What is named a caption and has no picture near is set in the type of one: consents, notes. A
// script may still have to put the picture there, so that a name that says picture will do.
bool IsNearPicture(const Tree& tree, NodeId node) {
  constexpr int kLevels = 4;
  constexpr NodeId kMaxNodes = 500;
  for (const std::string_view word : {"img", "image", "photo", "picture", "media"}) {
    if (tree.attribute(node, Attribute::kClass).find(word) != std::string_view::npos) return true;
  }
  for (int level = 0; level < kLevels && node != kNoNode; ++level) {
    if (tree.end(node) - node > kMaxNodes) return false;
    if (HoldsPicture(tree, node)) return true;
    node = tree.parent(node);
  }
  return false;
}

bool IsHolder(const Tree& tree, const VisiblePage& page, NodeId node) {
  if (std::binary_search(page.picture_boxes.begin(), page.picture_boxes.end(), node)) return true;
  if (tree.tag(node) == Tag::kFigure) {
    const bool quote = tree.FirstBelow(node, Tag::kBlockquote) != kNoNode;
    return HasTextBlocks(tree, page, node) && (!quote || HoldsPicture(tree, node));
  }
  if (tree.tag(node) == Tag::kFigcaption) return true;
  return RoleOf(tree, node) == ElementRole::kCaption && IsNearPicture(tree, node);
}

}  // namespace

bool IsNamedCaption(const Tree& tree, NodeId node) {
  return tree.tag(node) == Tag::kFigcaption || RoleOf(tree, node) == ElementRole::kCaption;
}

// The element to read for `holder`: a caption's credit may stand beside it, another caption too.
NodeId WithCredit(const Tree& tree, const VisiblePage& page, NodeId holder) {
  constexpr size_t kMaxBlocks = 3;
  const NodeId parent = tree.parent(holder);
  const Tag tag = tree.tag(holder);
  if (tag == Tag::kFigure || parent == kNoNode) return holder;
  const BlockRange own = BlocksBelow(tree, page.blocks, holder);
  const BlockRange around = BlocksBelow(tree, page.blocks, parent);
  // Behind the caption, and close.
  const bool close = around.first == own.first && around.last - around.first <= kMaxBlocks;
  if (!close || !HasTextBlocks(tree, page, parent)) return holder;
  for (NodeId at = tree.end(holder); at < tree.end(parent); ++at) {
    if (IsNamedCaption(tree, at)) return holder;
  }
  return parent;
}

std::vector<v1::Caption> FindCaptions(const Tree& tree, const VisiblePage& page,
                                      const ArticlePlace& place) {
  std::vector<v1::Caption> captions;
  for (NodeId at = place.all.begin; at < place.all.end && captions.size() < kMaxCaptions;) {
    if (tree.tag(at) == Tag::kText || page.InFurniture(at) || !IsHolder(tree, page, at)) {
      ++at;
      continue;
    }
    const NodeId holder = WithCredit(tree, page, at);
    std::optional<v1::Caption> caption = FigureReader(tree, holder).Read();
    const bool known = caption.has_value() &&
                       std::any_of(captions.begin(), captions.end(), [&](const v1::Caption& other) {
                         return other.text() == caption->text();
                       });
    if (caption.has_value() && !known) captions.push_back(*std::move(caption));
    at = tree.end(holder);
  }
  return captions;
}

void CompleteCredits(const std::vector<MediaStatement>& stated,
                     std::vector<v1::Caption>* captions) {
  for (v1::Caption& caption : *captions) {
    if (!caption.credit().empty()) continue;
    const std::string folded = text::FoldValue(caption.text());
    for (const MediaStatement& media : stated) {
      if (media.credit.empty() || text::FoldValue(media.caption) != folded) continue;
      caption.set_credit(page::PlainCredit(media.credit));
      break;
    }
  }
}

}  // namespace broadsheet::sources::html
