// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/html/page_trace.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/match.h"
#include "indexer/sources/html/tree/element_role.h"

namespace broadsheet::sources::html {
namespace {

std::string ReasonOf(BlockVerdict verdict) {
  switch (verdict) {
    case BlockVerdict::kText:
      return "not needed: the text was taken from elsewhere";
    case BlockVerdict::kOutside:
      return "outside the element with most of the text";
    case BlockVerdict::kAboveText:
      return "above the first paragraph";
    case BlockVerdict::kFurniture:
      return "furniture";
    case BlockVerdict::kCaption:
      return "a caption";
    case BlockVerdict::kLinks:
      return "mostly links";
    case BlockVerdict::kSignature:
      return "a signature with a date";
    case BlockVerdict::kHeadline:
      return "repeats the headline";
    case BlockVerdict::kAside:
      return "reads like a byline, a date, a credit or a notice";
    case BlockVerdict::kAwayFromText:
      return "a short line away from the paragraphs: a box, a player, a teaser";
    case BlockVerdict::kFragment:
      return "a short line that is no sentence and no subheading";
    case BlockVerdict::kBehindEndHeading:
      return "behind a heading such as \"Related\" or \"Tags\"";
    case BlockVerdict::kTrailing:
      return "a short line behind the last paragraph";
    case BlockVerdict::kEndNote:
      return "a note to readers below the text";
  }
  return "";
}

// A page of ten thousand captions is compared with the first ones only.
constexpr int kMostCompared = 100;

// Texts of the article's fields, to recognise where a block went.
class FieldFinder {
 public:
  explicit FieldFinder(const v1::Article* article) : article_(article) {}

  // The field that has the text of `block`; "" when none has.
  std::string FieldOf(const Block& block) const {
    if (article_ == nullptr) return "";
    const std::string& text = block.text;
    if (text == article_->headline()) return "headline";
    if (text == article_->summary()) return "summary";
    if (text.size() > RecordTrace::kMaxBlockBytes || text.size() < kMinBytes) return "";
    for (int i = 0; i < std::min(article_->captions_size(), kMostCompared); ++i) {
      const v1::Caption& caption = article_->captions(i);
      if (IsPart(text, caption.text()) || IsPart(text, caption.credit())) return "caption";
    }
    for (int i = 0; i < std::min(article_->bylines_size(), kMostCompared); ++i) {
      const std::string& name = article_->bylines(i).name();
      if (block.words <= kMaxLineWords && absl::StrContains(text, name)) return "byline";
    }
    const auto& tags = article_->tags();
    const auto end = tags.begin() + std::min(tags.size(), kMostCompared);
    return std::find(tags.begin(), end, text) == end ? "" : "tag";
  }

 private:
  static constexpr size_t kMinBytes = 3;
  static constexpr size_t kMaxLineWords = 20;

  // The line is the value, a part of it, or the value with little else.
  static bool IsPart(const std::string& text, const std::string& value) {
    if (value.empty() || value.size() > RecordTrace::kMaxBlockBytes) return false;
    if (absl::StrContains(value, text)) return true;
    return text.size() < 2 * value.size() && absl::StrContains(text, value);
  }

  const v1::Article* const article_;
};

// The element that makes the block furniture.
std::string FurnitureReason(const Tree& tree, const VisiblePage& page, const Block& block) {
  const auto after =
      std::upper_bound(page.furniture.begin(), page.furniture.end(), block.first,
                       [](NodeId at, const NodeRange& range) { return at < range.begin; });
  if (after == page.furniture.begin() || block.first >= (after - 1)->end) return "furniture";
  return "in " + DescribeFurniture(tree, (after - 1)->begin);
}

BlockVerdict VerdictOf(const Body& body, const VisiblePage& page, size_t at) {
  const Block& block = page.blocks[at];
  if (block.furniture) return BlockVerdict::kFurniture;
  if (block.caption) return BlockVerdict::kCaption;
  return at < body.verdicts.size() ? body.verdicts[at] : BlockVerdict::kOutside;
}

}  // namespace

void TracePage(const Tree& tree, const VisiblePage& page, const Body& body,
               const v1::Article* article, RecordTrace* trace) {
  // The text may be one that the page only states.
  const bool is_shown = article == nullptr || body.blocks.empty() ||
                        absl::StrContains(body.text, page.blocks[body.blocks.front()].text);
  const FieldFinder fields(article);
  auto text = body.blocks.begin();
  for (size_t at = 0; at < page.blocks.size(); ++at) {
    const Block& block = page.blocks[at];
    if (trace->is_full()) {
      trace->AddBlock("", BlockUse::kNone, "");
      continue;
    }
    const bool is_text = text != body.blocks.end() && *text == at;
    if (is_text) ++text;
    if (is_text && is_shown) {
      trace->AddBlock(block.text, BlockUse::kText, "");
      continue;
    }
    const std::string field = fields.FieldOf(block);
    if (!field.empty()) {
      trace->AddBlock(block.text, BlockUse::kField, field);
      continue;
    }
    const BlockVerdict verdict = is_text ? BlockVerdict::kText : VerdictOf(body, page, at);
    trace->AddBlock(block.text, BlockUse::kNone,
                    verdict == BlockVerdict::kFurniture ? FurnitureReason(tree, page, block)
                                                        : ReasonOf(verdict));
  }
}

}  // namespace broadsheet::sources::html
