// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/page/body.h"

#include <algorithm>
#include <set>
#include <string_view>

#include "indexer/sources/page/words.h"

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

std::set<std::string> WordsOf(const Page& page, Stretch body) {
  std::set<std::string> words;
  for (size_t at = body.begin; at < body.end; ++at) {
    if (!IsText(page[at]) && page[at].kind != LineKind::kCaption) continue;
    for (std::string& word : FoldedWords(page[at].text)) words.insert(std::move(word));
  }
  return words;
}

// Words of three bytes and less say nothing about what a text is about.
double SharedWords(const PageLine& line, const std::set<std::string>& body) {
  constexpr size_t kMinWordBytes = 4;
  size_t all = 0;
  size_t shared = 0;
  for (const std::string& word : FoldedWords(line.text)) {
    if (word.size() < kMinWordBytes) continue;
    ++all;
    shared += body.count(word);
  }
  return all == 0 ? 0 : static_cast<double>(shared) / static_cast<double>(all);
}

// Lines of the same words elsewhere above: a menu entry, or the page's title repeated.
double HeadlineScore(const PageLine& line, size_t distance, const std::set<std::string>& body) {
  constexpr size_t kFewestWords = 3;
  constexpr size_t kGoodWords = 5;
  constexpr size_t kMostWords = 30;
  if (line.words < kFewestWords || line.words > kMostWords) return 0;
  double score = 1 + 2 * SharedWords(line, body);
  if (line.words < kGoodWords) score *= 0.6;
  if (line.ends_sentence) score *= 0.5;
  return score / (1 + static_cast<double>(distance) / 20);
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

size_t FindHeadline(const Page& page, Stretch body) {
  constexpr size_t kFarthest = 80;
  const std::set<std::string> words = WordsOf(page, body);
  size_t best = page.size();
  double best_score = 0;
  const size_t first = body.begin > kFarthest ? body.begin - kFarthest : 0;
  for (size_t at = first; at < body.begin; ++at) {
    const LineKind kind = page[at].kind;
    if (kind != LineKind::kShort && kind != LineKind::kSentence && kind != LineKind::kParagraph) {
      continue;
    }
    const double score = HeadlineScore(page[at], body.begin - at, words);
    if (score > best_score) {
      best_score = score;
      best = at;
    }
  }
  return best;
}

std::string BodyText(const Page& page, Stretch body) {
  std::string text;
  for (size_t at = body.begin; at < body.end;) {
    const size_t block_end = BlockEnd(page, at, body.end);
    const bool box = IsBox(page, at, block_end);
    for (; at < block_end; ++at) {
      if (!BelongsToText(page, body, at, box)) continue;
      if (!text.empty()) text += "\n\n";
      text += page[at].text;
    }
  }
  return text;
}

}  // namespace broadsheet::sources::page
