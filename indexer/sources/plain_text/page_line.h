// SPDX-License-Identifier: GPL-3.0-or-later
// A page as the passes see it: lines in blocks.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace broadsheet::sources::page {

enum class LineKind : uint8_t {
  // Nothing gives it away: a headline, a link, a subheading.
  kShort,
  // Running text.
  kParagraph,
  // A few words that end like a sentence.
  kSentence,
  // Menus, buttons, notices: part of the page, not of the article.
  kFurniture,
  kByline,
  kDate,
  // The credit of a picture, alone on its line.
  kCredit,
  // The caption of a picture, found by its label or by the credit beside it.
  kCaption,
  // A shortened copy of a caption, which browsers show in place of the picture.
  kAlternativeText,
  // "Tags", alone or with the tags behind it.
  kTags,
  kCopyright,
};

struct PageLine {
  // Trimmed, runs of white space made one space; never empty.
  std::string text;
  // Where in `text` a word follows more than one space. Copies of pages keep those between the
  // elements of a line: "A bell.  Jane Doe", a caption and its credit.
  std::vector<size_t> gaps;
  // Lines between two blank lines are a block; counted from 0.
  size_t block = 0;
  size_t words = 0;
  bool ends_sentence = false;
  LineKind kind = LineKind::kShort;
};

using Page = std::vector<PageLine>;

// Splits and trims; all kinds are kShort. Zero-width characters and soft hyphens are dropped, other
// Unicode spaces made plain ones.
Page SplitPage(std::string_view text);

}  // namespace broadsheet::sources::page
