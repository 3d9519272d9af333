// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/plain_text/lines/page_line.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <utility>

#include "engine/text/char_class.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::page {
namespace {

bool IsInvisible(UChar32 character) {
  return character == 0x00AD || character == 0xFEFF || (character >= 0x200B && character <= 0x200F);
}

// Fills `text` and `gaps` of `line`.
void CleanLine(std::string_view raw, PageLine* line) {
  std::string& clean = line->text;
  size_t spaces = 0;
  for (size_t at = 0; at < raw.size();) {
    const size_t begin = at;
    const auto [character, end] = text::CharacterAt(raw, at);
    at = end;
    if (IsInvisible(character)) continue;
    if (text::IsWhiteSpace(character)) {
      ++spaces;
      continue;
    }
    if (spaces > 0 && !clean.empty()) {
      clean += ' ';
      if (spaces > 1) line->gaps.push_back(clean.size());
    }
    spaces = 0;
    clean.append(raw.substr(begin, end - begin));
  }
}

}  // namespace

Page SplitPage(std::string_view text) {
  Page page;
  size_t block = 0;
  bool after_blank = false;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    PageLine line;
    CleanLine(text.substr(0, end), &line);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.text.empty()) {
      after_blank = !page.empty();
      continue;
    }
    if (after_blank) ++block;
    after_blank = false;
    line.block = block;
    line.words = CountWords(line.text);
    line.ends_sentence = EndsSentence(line.text);
    page.push_back(std::move(line));
  }
  return page;
}

}  // namespace broadsheet::sources::page
