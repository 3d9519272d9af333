// SPDX-License-Identifier: GPL-3.0-or-later
// A page for the passes: lines in blocks.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace broadsheet::sources::page {

enum class LineKind : uint8_t {
  // Unknown: a headline, a link, a subheading.
  kShort,
  // Running text.
  kParagraph,
  // A few words with the end of a sentence.
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
  // "Tags", alone or followed by tags.
  kTags,
  kCopyright,
};

struct PageLine {
  // Trimmed, runs of white space made one space; never empty.
  std::string text;
  // Offsets in `text` of words after more than one space, which copies of pages have between the
  // elements of a line: "A bell. Jane Doe", a caption and its credit.
  std::vector<size_t> gaps;
  // The number of the line's block, from 0. Blank lines separate blocks.
  size_t block = 0;
  size_t words = 0;
  bool ends_sentence = false;
  LineKind kind = LineKind::kShort;
};

using Page = std::vector<PageLine>;

// Splits and trims lines; all kinds are kShort. Drops zero-width characters and soft hyphens, and
// replaces other Unicode spaces by plain ones.
Page SplitPage(std::string_view text);

}  // namespace broadsheet::sources::page
