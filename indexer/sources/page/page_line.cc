// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/page/page_line.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <utility>

#include "engine/text/char_class.h"
#include "indexer/sources/page/words.h"

namespace broadsheet::sources::page {
namespace {

bool IsInvisible(UChar32 character) {
  return character == 0x00AD || character == 0xFEFF || (character >= 0x200B && character <= 0x200F);
}

std::string CleanLine(std::string_view raw) {
  std::string clean;
  for (size_t at = 0; at < raw.size();) {
    const size_t begin = at;
    const auto [character, end] = text::CharacterAt(raw, at);
    at = end;
    if (IsInvisible(character)) continue;
    if (u_isUWhiteSpace(character)) {
      if (!clean.empty() && clean.back() != ' ') clean += ' ';
    } else {
      clean.append(raw.substr(begin, end - begin));
    }
  }
  if (clean.ends_with(' ')) clean.pop_back();
  return clean;
}

}  // namespace

Page SplitPage(std::string_view text) {
  Page page;
  size_t block = 0;
  bool after_blank = false;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    std::string clean = CleanLine(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (clean.empty()) {
      after_blank = !page.empty();
      continue;
    }
    if (after_blank) ++block;
    after_blank = false;
    PageLine line;
    line.block = block;
    line.words = CountWords(clean);
    line.ends_sentence = EndsSentence(clean);
    line.text = std::move(clean);
    page.push_back(std::move(line));
  }
  return page;
}

}  // namespace broadsheet::sources::page
