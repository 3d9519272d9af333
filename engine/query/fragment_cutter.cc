// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/fragment_cutter.h"

#include <algorithm>
#include <bit>
#include <tuple>

#include "engine/text/utf8.h"

namespace broadsheet::query {
namespace {

// Matches looked at in one text: a common word in a book-length text must not cost a book.
constexpr size_t kMaxLit = 500;

// Matches [first, past) of `lit`, and what they show.
struct Window {
  size_t first = 0;
  size_t past = 0;
  uint64_t patterns = 0;

  int distinct() const { return std::popcount(patterns); }
};

size_t Chars(std::string_view text, TextRange range) {
  return text::CountCharacters(text.substr(range.begin, range.end - range.begin));
}

v1::Fragment MakeFragment(std::string_view text, TextRange piece,
                          const std::vector<LitRange>& lit) {
  v1::Fragment fragment;
  const auto add = [&](uint32_t begin, uint32_t end, bool matched) {
    if (begin >= end) return;
    v1::Segment* segment = fragment.add_segments();
    segment->set_text(std::string(text.substr(begin, end - begin)));
    segment->set_matched(matched);
  };
  uint32_t at = piece.begin;
  for (const LitRange& one : lit) {
    if (one.range.begin < at || one.range.end > piece.end) continue;
    add(at, one.range.begin, false);
    add(one.range.begin, one.range.end, true);
    at = one.range.end;
  }
  add(at, piece.end, false);
  fragment.set_clipped_start(piece.begin > 0);
  fragment.set_clipped_end(piece.end < text.size());
  return fragment;
}

// For each match the longest window that starts with it.
std::vector<Window> AllWindows(std::string_view text, const std::vector<LitRange>& lit,
                               size_t chars) {
  std::vector<Window> windows;
  const size_t count = std::min(lit.size(), kMaxLit);
  for (size_t first = 0; first < count; ++first) {
    Window window{.first = first, .past = first + 1, .patterns = lit[first].patterns};
    while (window.past < count &&
           Chars(text, {lit[first].range.begin, lit[window.past].range.end}) <= chars) {
      window.patterns |= lit[window.past++].patterns;
    }
    windows.push_back(window);
  }
  return windows;
}

// More different patterns first, then more matches, then earlier in the text.
bool IsBetter(const Window& a, const Window& b) {
  return std::make_tuple(-a.distinct(), b.past - b.first, a.first) <
         std::make_tuple(-b.distinct(), a.past - a.first, b.first);
}

// The punctuation that follows a word up to the next space belongs to it: a full stop, a quote.
uint32_t WithPunctuation(std::string_view text, const CodedText& coded, size_t word) {
  uint32_t end = coded.words[word].end;
  const size_t limit = word + 1 < coded.words.size() ? coded.words[word + 1].begin : text.size();
  const size_t space = text.find_first_of(" \t\n", end);
  if (space <= limit) return static_cast<uint32_t>(std::max<size_t>(space, end));
  return space == std::string_view::npos && limit == text.size()
             ? static_cast<uint32_t>(text.size())
             : end;
}

// The piece around a window: back to the start of a sentence or a third of what is left to fill,
// then forward.
TextRange Surround(std::string_view text, const CodedText& coded, TextRange core, size_t chars) {
  const auto by_begin = [](const TextRange& word, uint32_t at) { return word.begin < at; };
  auto at = static_cast<size_t>(
      std::lower_bound(coded.words.begin(), coded.words.end(), core.begin, by_begin) -
      coded.words.begin());
  size_t last = at;
  while (last + 1 < coded.words.size() && coded.words[last].end < core.end) ++last;
  const size_t filled = Chars(text, core);
  const size_t back = filled < chars ? (chars - filled) / 3 : 0;
  TextRange piece = core;
  while (at > 0 && at < coded.words.size() && !coded.starts_sentence[at] &&
         Chars(text, {coded.words[at - 1].begin, core.begin}) <= back) {
    piece.begin = coded.words[--at].begin;
  }
  while (last + 1 < coded.words.size() &&
         Chars(text, {piece.begin, coded.words[last + 1].end}) <= chars) {
    ++last;
  }
  if (last < coded.words.size()) {
    piece.end = std::max(core.end, WithPunctuation(text, coded, last));
  }
  // An opening quote or parenthesis before the first word.
  if (at == 0) piece.begin = 0;
  return piece;
}

}  // namespace

void JoinOverlapping(std::vector<LitRange>* lit) {
  std::sort(lit->begin(), lit->end(),
            [](const LitRange& a, const LitRange& b) { return a.range < b.range; });
  std::vector<LitRange> joined;
  for (const LitRange& one : *lit) {
    if (one.range.begin >= one.range.end) continue;
    if (!joined.empty() && one.range.begin < joined.back().range.end) {
      joined.back().range.end = std::max(joined.back().range.end, one.range.end);
      joined.back().patterns |= one.patterns;
    } else {
      joined.push_back(one);
    }
  }
  *lit = std::move(joined);
}

CutFragment WholeText(std::string_view text, const std::vector<LitRange>& lit) {
  uint64_t patterns = 0;
  for (const LitRange& one : lit) patterns |= one.patterns;
  return {.fragment = MakeFragment(text, {0, static_cast<uint32_t>(text.size())}, lit),
          .distinct = std::popcount(patterns)};
}

std::vector<CutFragment> BestWindows(std::string_view text, const CodedText& coded,
                                     const std::vector<LitRange>& lit, size_t chars, size_t most) {
  std::vector<Window> windows = AllWindows(text, lit, chars);
  std::sort(windows.begin(), windows.end(), IsBetter);
  std::vector<CutFragment> fragments;
  std::vector<TextRange> taken;
  for (const Window& window : windows) {
    if (fragments.size() == most) break;
    const TextRange core{lit[window.first].range.begin, lit[window.past - 1].range.end};
    const TextRange piece = Surround(text, coded, core, chars);
    const bool overlaps = std::any_of(taken.begin(), taken.end(), [&](const TextRange& other) {
      return piece.begin < other.end && other.begin < piece.end;
    });
    if (overlaps) continue;
    taken.push_back(piece);
    fragments.push_back(
        {.fragment = MakeFragment(text, piece, lit), .distinct = window.distinct()});
  }
  return fragments;
}

}  // namespace broadsheet::query
