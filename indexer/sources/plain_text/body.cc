// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/plain_text/body.h"

#include <algorithm>
#include <string_view>

#include "indexer/sources/wording/furniture.h"

namespace broadsheet::sources::page {
namespace {

// Found by trial on text copies of pages; they matter by their order of size only. A paragraph
// outweighs a handful of stray lines, a menu outweighs a teaser's sentence.
constexpr int kMaxParagraphWeight = 60;
constexpr int kSentenceWeight = 3;
constexpr int kShortWeight = -7;
constexpr int kFurnitureWeight = -10;
constexpr int kTagsWeight = -40;
constexpr int kCopyrightWeight = -60;

int Weight(const PageLine& line) {
  switch (line.kind) {
    case LineKind::kParagraph:
      if (IsPrivacyNotice(line.text)) return 0;
      return std::min(static_cast<int>(line.words), kMaxParagraphWeight);
    case LineKind::kSentence:
      return kSentenceWeight;
    case LineKind::kShort:
      return kShortWeight;
    case LineKind::kFurniture:
      return kFurnitureWeight;
    case LineKind::kTags:
      return kTagsWeight;
    case LineKind::kCopyright:
      return kCopyrightWeight;
    default:
      return 0;
  }
}

bool IsText(const PageLine& line) {
  return line.kind == LineKind::kParagraph || line.kind == LineKind::kSentence;
}

// A subheading stands between paragraphs, alone in its block.
bool IsSubheading(const Page& page, Stretch body, size_t at) {
  constexpr size_t kMaxWords = 14;
  if (at == body.begin || at + 1 >= body.end || page[at].words > kMaxWords) return false;
  return IsText(page[at - 1]) && IsText(page[at + 1]);
}

// One past the last line of the block that `at` is in.
size_t BlockEnd(const Page& page, size_t at, size_t end) {
  size_t next = at;
  while (next < end && page[next].block == page[at].block) ++next;
  return next;
}

// A box: a block of several lines in which furniture stands. Nothing in it is the article's but
// long paragraphs. Pages without blank lines are one block, so that a long block is no box.
bool IsBox(const Page& page, size_t begin, size_t end) {
  constexpr size_t kMaxBoxLines = 12;
  if (end - begin < 2 || end - begin > kMaxBoxLines) return false;
  return std::any_of(page.begin() + static_cast<std::ptrdiff_t>(begin),
                     page.begin() + static_cast<std::ptrdiff_t>(end),
                     [](const PageLine& line) { return line.kind == LineKind::kFurniture; });
}

bool BelongsToText(const Page& page, Stretch body, size_t at, bool in_box) {
  constexpr size_t kLongParagraphWords = 25;
  const PageLine& line = page[at];
  if (in_box) return line.kind == LineKind::kParagraph && line.words >= kLongParagraphWords;
  if (IsText(line)) return true;
  return line.kind == LineKind::kShort && IsSubheading(page, body, at);
}

}  // namespace

Stretch FindBody(const Page& page) {
  Stretch best;
  int best_sum = 0;
  int sum = 0;
  size_t begin = 0;
  for (size_t at = 0; at < page.size(); ++at) {
    if (sum <= 0) {
      sum = 0;
      begin = at;
    }
    sum += Weight(page[at]);
    if (sum > best_sum) {
      best_sum = sum;
      best = {.begin = begin, .end = at + 1};
    }
  }
  const bool has_paragraph =
      std::any_of(page.begin() + static_cast<std::ptrdiff_t>(best.begin),
                  page.begin() + static_cast<std::ptrdiff_t>(best.end),
                  [](const PageLine& line) { return line.kind == LineKind::kParagraph; });
  return has_paragraph ? best : Stretch{};
}

Stretch TrimBody(const Page& page, Stretch body) {
  while (!body.empty() && page[body.begin].kind != LineKind::kParagraph) ++body.begin;
  while (!body.empty() && !IsText(page[body.end - 1])) --body.end;
  return body;
}

std::vector<size_t> BodyLines(const Page& page, Stretch body) {
  std::vector<size_t> lines;
  for (size_t at = body.begin; at < body.end;) {
    const size_t block_end = BlockEnd(page, at, body.end);
    const bool box = IsBox(page, at, block_end);
    for (; at < block_end; ++at) {
      if (BelongsToText(page, body, at, box)) lines.push_back(at);
    }
  }
  return lines;
}

std::string TextOfLines(const Page& page, const std::vector<size_t>& lines) {
  std::string text;
  for (const size_t at : lines) {
    if (!text.empty()) text += "\n\n";
    text += page[at].text;
  }
  return text;
}

}  // namespace broadsheet::sources::page
