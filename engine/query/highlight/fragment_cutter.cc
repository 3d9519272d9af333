// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/highlight/fragment_cutter.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <string>

#include "engine/text/char_class.h"
#include "engine/text/utf8.h"

namespace broadsheet::query {
namespace {

using text::CharacterAt;

// The most text shown before the first and after the last word: "“", "(", "!"”.
constexpr size_t kMaxFringe = 40;

bool IsSpace(char c) { return c == ' ' || c == '\n' || c == '\t'; }

size_t CharsIn(std::string_view text, uint32_t begin, uint32_t end) {
  return text::CountCharacters(text.substr(begin, end - begin));
}

// Whether the words on both sides of a gap form one written word: COVID-19.
bool JoinsWords(std::string_view text, const text::Place& before, const text::Place& after) {
  const std::string_view gap =
      text.substr(before.end, std::max(before.end, after.begin) - before.end);
  return !gap.empty() && gap.size() <= 3 && std::none_of(gap.begin(), gap.end(), IsSpace) &&
         after.position == before.position + 1;
}

bool IsOpening(UChar32 c) {
  const int8_t category = u_charType(c);
  return category == U_START_PUNCTUATION || category == U_INITIAL_PUNCTUATION ||
         category == U_CURRENCY_SYMBOL || c == '"' || c == '\'' || c == '#' || c == 0xA1 ||
         c == 0xBF;
}

bool IsClosing(UChar32 c) {
  const int8_t category = u_charType(c);
  return category == U_END_PUNCTUATION || category == U_FINAL_PUNCTUATION ||
         category == U_OTHER_PUNCTUATION || c == 0x2018 || c == 0x201C;  // German closes with “
}

// Moves `begin` back over opening punctuation, not beyond `lowest`.
uint32_t WithOpening(std::string_view text, uint32_t lowest, uint32_t begin) {
  uint32_t opening = begin;
  for (uint32_t pos = begin; pos > lowest;) {
    --pos;
    if ((static_cast<unsigned char>(text[pos]) & 0xC0) == 0x80) continue;
    if (!IsOpening(CharacterAt(text, pos).code_point)) break;
    opening = pos;
  }
  return opening;
}

uint32_t WithClosing(std::string_view text, uint32_t end, uint32_t highest) {
  while (end < highest) {
    const text::Character character = CharacterAt(text, end);
    if (!IsClosing(character.code_point)) break;
    end = static_cast<uint32_t>(character.end);
  }
  return end;
}

uint32_t BeginOf(std::string_view text, const std::vector<text::Place>& words, size_t first) {
  const uint32_t begin = words[first].begin;
  if (words[first].position == 0 && begin <= kMaxFringe) return 0;
  const bool follows = first > 0 && words[first - 1].position + 1 == words[first].position;
  const uint32_t lowest = follows ? words[first - 1].end : begin - std::min<uint32_t>(begin, 8);
  return std::min(begin, WithOpening(text, std::min(lowest, begin), begin));
}

uint32_t EndOf(std::string_view text, const std::vector<text::Place>& words, size_t last) {
  const uint32_t end = words[last].end;
  const bool followed =
      last + 1 < words.size() && words[last + 1].position == words[last].position + 1;
  if (!followed && text.size() - end <= kMaxFringe) return static_cast<uint32_t>(text.size());
  const uint32_t highest =
      followed ? words[last + 1].begin
               : static_cast<uint32_t>(std::min<size_t>(text.size(), end + kMaxFringe));
  return WithClosing(text, end, highest);
}

// Puts ranges in order and joins those that touch.
void JoinTouching(std::vector<TextRange>* ranges) {
  std::sort(ranges->begin(), ranges->end());
  size_t kept = 0;
  for (const TextRange& range : *ranges) {
    if (range.begin >= range.end) continue;
    if (kept > 0 && range.begin <= (*ranges)[kept - 1].end) {
      (*ranges)[kept - 1].end = std::max((*ranges)[kept - 1].end, range.end);
    } else {
      (*ranges)[kept++] = range;
    }
  }
  ranges->resize(kept);
}

}  // namespace

TextRange CutPiece(std::string_view text, const LocatedWords& located, WordRange shown,
                   WordRange core, size_t chars) {
  const std::vector<text::Place>& words = located.words();
  size_t first = located.FirstFrom(shown.first);
  size_t last = located.LastUpTo(shown.last);
  if (first == LocatedWords::NoWord() || last == LocatedWords::NoWord() || last < first) return {};
  for (uint32_t i = 1; i < kCutMargin && first > 0; ++i, --first) {
    if (!JoinsWords(text, words[first - 1], words[first])) break;
  }
  for (uint32_t i = 1; i < kCutMargin && last + 1 < words.size(); ++i, ++last) {
    if (!JoinsWords(text, words[last], words[last + 1])) break;
  }
  TextRange piece{BeginOf(text, words, first), EndOf(text, words, last)};
  const size_t most = chars + chars / 5;
  size_t length = CharsIn(text, piece.begin, piece.end);
  // Drops words from the end first, then from the start, but none of the core.
  while (length > most && last > first && words[last].position > core.last) {
    const uint32_t end = EndOf(text, words, --last);
    length -= CharsIn(text, end, piece.end);
    piece.end = end;
  }
  while (length > most && first < last && words[first].position < core.first) {
    const uint32_t begin = BeginOf(text, words, ++first);
    length -= CharsIn(text, piece.begin, begin);
    piece.begin = begin;
  }
  // A phrase with much slop may be longer than any fragment: show its beginning.
  while (length > most && last > first) {
    const uint32_t end = EndOf(text, words, --last);
    length -= CharsIn(text, end, piece.end);
    piece.end = end;
  }
  return piece;
}

v1::Fragment MakeFragment(std::string_view text, TextRange piece, const std::vector<TextRange>& lit,
                          text::Graphemes& graphemes) {
  const auto outwards = [&](const TextRange& range) {
    return TextRange{static_cast<uint32_t>(graphemes.CutBefore(text, range.begin)),
                     static_cast<uint32_t>(graphemes.CutAfter(text, range.end))};
  };
  piece = outwards(piece);
  std::vector<TextRange> whole;
  for (const TextRange& one : lit) whole.push_back(outwards(one));
  JoinTouching(&whole);
  v1::Fragment fragment;
  const auto add = [&](uint32_t begin, uint32_t end, bool matched) {
    if (begin >= end) return;
    v1::Segment* segment = fragment.add_segments();
    segment->set_text(std::string(text.substr(begin, end - begin)));
    segment->set_matched(matched);
  };
  uint32_t at = piece.begin;
  for (const TextRange& one : whole) {
    const TextRange inside{std::max(one.begin, piece.begin), std::min(one.end, piece.end)};
    if (inside.begin >= inside.end) continue;
    add(at, inside.begin, false);
    add(inside.begin, inside.end, true);
    at = inside.end;
  }
  add(at, piece.end, false);
  fragment.set_clipped_start(piece.begin > 0);
  fragment.set_clipped_end(piece.end < text.size());
  return fragment;
}

}  // namespace broadsheet::query
