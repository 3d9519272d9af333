// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/html/pictures/captions.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "engine/text/fold.h"
#include "indexer/sources/html/pictures/figure_reader.h"
#include "indexer/sources/html/tree/element_role.h"
#include "indexer/sources/wording/people/caption_credit.h"
#include "indexer/sources/wording/people/credit.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::html {
namespace {

// The most captions of a page; each is compared with each.
constexpr size_t kMaxCaptions = 500;

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
        if (!tree.attribute(at, Attribute::kSrc).ends_with(".svg")) return true;
        break;
      case Tag::kPicture:
      case Tag::kVideo:
      case Tag::kAudio:
      case Tag::kIframe:
      case Tag::kObject:
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

// A gallery: captions of figures within a figure, or one for each of several pictures.
bool HoldsSeveralCaptions(const Tree& tree, NodeId figure) {
  size_t captions = 0;
  size_t pictures = 0;
  bool nested = false;
  for (NodeId at = figure + 1; at < tree.end(figure); ++at) {
    captions += tree.tag(at) == Tag::kFigcaption ? 1 : 0;
    pictures += tree.tag(at) == Tag::kImg ? 1 : 0;
    nested = nested || tree.tag(at) == Tag::kFigure;
  }
  return captions > 1 && (nested || pictures >= captions);
}

bool IsHolder(const Tree& tree, const VisiblePage& page, NodeId node) {
  if (std::binary_search(page.picture_boxes.begin(), page.picture_boxes.end(), node)) return true;
  if (tree.tag(node) == Tag::kFigure) {
    if (HoldsSeveralCaptions(tree, node)) return false;
    const bool quote = tree.FirstBelow(node, Tag::kBlockquote) != kNoNode;
    return HasTextBlocks(tree, page, node) && (!quote || HoldsPicture(tree, node));
  }
  if (tree.tag(node) == Tag::kFigcaption) return true;
  return RoleOf(tree, node) == ElementRole::kCaption && IsNearPicture(tree, node);
}

// The credit in an element of that name close behind the picture, outside its element.
std::string CreditBehind(const Tree& tree, NodeId holder) {
  constexpr NodeId kMaxNodesBehind = 40;
  constexpr size_t kMaxWordsBetween = 60;
  size_t words = 0;
  const NodeId end = std::min(tree.size(), tree.end(holder) + kMaxNodesBehind);
  for (NodeId at = tree.end(holder); at < end && words <= kMaxWordsBetween; ++at) {
    const Tag tag = tree.tag(at);
    if (tag == Tag::kFigure || tag == Tag::kImg || tag == Tag::kP || IsHeading(tag)) return "";
    if (tag == Tag::kText) {
      words += page::Words(tree.text(at)).size();
    } else if (RoleOf(tree, at) == ElementRole::kCredit) {
      const std::string text = tree.TextBelow(at);
      // "Copyright 2031 The Lantern. All rights reserved." speaks of the page.
      const bool of_page = text.find_first_of("0123456789") != text.npos ||
                           text::FoldValue(text).find("rights reserved") != text.npos;
      const std::string credit = page::PlainCredit(text);
      return of_page || page::CountWords(credit) > kMaxCreditWords ? "" : credit;
    }
  }
  return "";
}

// The same before a caption, in the element around both.
std::string CreditBefore(const Tree& tree, NodeId holder) {
  constexpr NodeId kMaxNodesBefore = 60;
  const NodeId parent = tree.parent(holder);
  if (parent == kNoNode || tree.tag(holder) == Tag::kFigure) return "";
  if (holder - parent > kMaxNodesBefore) return "";
  for (NodeId at = parent + 1; at < holder; ++at) {
    if (tree.tag(at) == Tag::kText || RoleOf(tree, at) != ElementRole::kCredit) continue;
    const std::string credit = page::PlainCredit(tree.TextBelow(at));
    return page::CountWords(credit) <= kMaxCreditWords ? credit : "";
  }
  return "";
}

// `text` without the credit at its end, and `stated_credit`, or else that credit.
v1::Caption SplitCaption(std::string_view text, std::string_view stated_credit) {
  const size_t cut = page::FindCreditInCaption(text);
  v1::Caption caption;
  caption.set_text(std::string(page::Trim(text.substr(0, cut))));
  caption.set_credit(page::PlainCredit(stated_credit.empty() ? text.substr(cut) : stated_credit));
  return caption;
}

// The caption that a picture, or the link around it, keeps for its view in full size.
std::optional<v1::Caption> KeptCaption(const Tree& tree, NodeId node) {
  const std::string_view kept = tree.attribute(node, Attribute::kDataCaption);
  if (kept.empty()) return std::nullopt;
  v1::Caption caption = SplitCaption(PlainText(kept), tree.attribute(node, Attribute::kDataCredit));
  const size_t words = page::CountWords(caption.text());
  if (words < 3 || words > kMaxCaptionWords) return std::nullopt;
  return caption;
}

// Each caption counts once.
void AddCaption(v1::Caption caption, std::vector<v1::Caption>* captions) {
  const bool known = std::any_of(captions->begin(), captions->end(), [&](const v1::Caption& other) {
    return other.text() == caption.text();
  });
  if (!known) captions->push_back(std::move(caption));
}

// Where captions begin: a picture may stand close above the headline, with no text between.
NodeId BeginWithPictureAbove(const Tree& tree, const VisiblePage& page, NodeId begin) {
  constexpr NodeId kNodesAbove = 300;
  constexpr size_t kMaxWordsBetween = 30;
  const NodeId first = begin - std::min(begin, kNodesAbove);
  for (NodeId at = begin; at-- > first;) {
    const bool figure = tree.tag(at) == Tag::kFigure && tree.end(at) <= begin;
    if (!figure || page.InFurniture(at) || !HasTextBlocks(tree, page, at)) continue;
    size_t words = 0;
    for (const Block& block : page.blocks) {
      if (block.first >= tree.end(at) && block.first < begin && !block.furniture) {
        words += block.words;
      }
    }
    return words <= kMaxWordsBetween && HoldsPicture(tree, at) ? at : begin;
  }
  return begin;
}

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

}  // namespace

std::vector<v1::Caption> FindCaptions(const Tree& tree, const VisiblePage& page,
                                      const ArticlePlace& place) {
  std::vector<v1::Caption> captions;
  const NodeId begin = BeginWithPictureAbove(tree, page, place.all.begin);
  for (NodeId at = begin; at < place.all.end && captions.size() < kMaxCaptions;) {
    if (tree.tag(at) == Tag::kText || page.InFurniture(at) || !IsHolder(tree, page, at)) {
      if (std::optional<v1::Caption> kept = KeptCaption(tree, at); kept.has_value()) {
        AddCaption(*std::move(kept), &captions);
      }
      ++at;
      continue;
    }
    const NodeId holder = WithCredit(tree, page, at);
    std::optional<v1::Caption> caption = ReadFigure(tree, holder);
    if (caption.has_value() && caption->credit().empty()) {
      caption->set_credit(CreditBehind(tree, holder));
      if (caption->credit().empty()) caption->set_credit(CreditBefore(tree, holder));
    }
    if (caption.has_value()) AddCaption(*std::move(caption), &captions);
    at = tree.end(holder);
  }
  return captions;
}

std::vector<v1::Caption> CaptionsOf(const std::vector<MediaStatement>& stated) {
  std::vector<v1::Caption> captions;
  for (const MediaStatement& media : stated) {
    const size_t cut =
        media.credit.empty() ? page::FindCreditInCaption(media.caption) : media.caption.size();
    v1::Caption& caption = captions.emplace_back();
    caption.set_text(std::string(page::Trim(std::string_view(media.caption).substr(0, cut))));
    caption.set_credit(media.credit.empty() ? page::PlainCredit(media.caption.substr(cut))
                                            : media.credit);
    caption.set_media_url(media.url);
  }
  return captions;
}

void CompleteCredits(const std::vector<MediaStatement>& stated,
                     std::vector<v1::Caption>* captions) {
  // By captions, folded, as they are stated, and without a credit at their end.
  absl::flat_hash_map<std::string, std::string> credits;
  for (const MediaStatement& media : stated) {
    v1::Caption caption = SplitCaption(media.caption, media.credit);
    if (caption.credit().empty()) continue;
    credits.try_emplace(text::FoldValue(caption.text()), caption.credit());
    credits.try_emplace(text::FoldValue(media.caption), caption.credit());
  }
  for (v1::Caption& caption : *captions) {
    if (!caption.credit().empty() || credits.empty()) continue;
    const auto found = credits.find(text::FoldValue(caption.text()));
    if (found != credits.end()) caption.set_credit(found->second);
  }
}

}  // namespace broadsheet::sources::html
