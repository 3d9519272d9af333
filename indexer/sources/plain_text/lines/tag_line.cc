// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/plain_text/lines/tag_line.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "engine/text/char_class.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::page {
namespace {

constexpr size_t kMostNameWords = 6;

// A possessive ending is no part of a name.
std::string_view StripPossessive(std::string_view word) {
  for (const std::string_view ending : {"'s", "\xe2\x80\x99s"}) {
    if (word.ends_with(ending)) return word.substr(0, word.size() - ending.size());
  }
  return word;
}

// Where names may be found in a text: its words, and whether the next one follows without a mark
// between ("Kim, Putin" is no sequence).
class TextWords {
 public:
  explicit TextWords(std::string_view text) {
    size_t line_begin = 0;
    while (line_begin < text.size()) {
      const size_t line_end = std::min(text.find('\n', line_begin), text.size());
      AddLine(text.substr(line_begin, line_end - line_begin));
      line_begin = line_end + 1;
    }
  }

  bool Contains(const std::vector<std::string_view>& words, size_t begin, size_t end) const {
    const auto [first, last] = places_.equal_range(words[begin]);
    return std::any_of(first, last,
                       [&](const auto& place) { return Matches(words, begin, end, place.second); });
  }

 private:
  struct Word {
    std::string_view bare;
    bool joined;
  };

  void AddLine(std::string_view line) {
    for (const std::string_view word : Words(line)) {
      const std::string_view stripped = StripMarks(word);
      const std::string_view bare = StripPossessive(stripped);
      if (bare.empty()) continue;
      const bool starts_clean = word.starts_with(bare);
      if (!starts_clean && !words_.empty()) words_.back().joined = false;
      places_.emplace(bare, words_.size());
      words_.push_back({.bare = bare, .joined = word.ends_with(bare)});
    }
    if (!words_.empty()) words_.back().joined = false;
  }

  bool Matches(const std::vector<std::string_view>& words, size_t begin, size_t end,
               size_t place) const {
    for (size_t i = begin; i < end; ++i, ++place) {
      if (place >= words_.size() || words_[place].bare != words[i]) return false;
      if (i + 1 < end && !words_[place].joined) return false;
    }
    return true;
  }

  std::vector<Word> words_;
  std::multimap<std::string_view, size_t> places_;
};

std::string Join(const std::vector<std::string_view>& words, size_t begin, size_t end) {
  std::string joined;
  for (size_t i = begin; i < end; ++i) {
    if (i > begin) joined += ' ';
    joined += words[i];
  }
  return joined;
}

std::string WithoutHash(std::string_view tag) {
  while (tag.starts_with('#')) tag = Trim(tag.substr(1));
  return std::string(StripMarks(tag).empty() ? std::string_view() : tag);
}

// The parts of a line between wide gaps.
std::vector<std::string_view> SplitAtGaps(const PageLine& line, size_t begin) {
  std::vector<std::string_view> parts;
  const std::string_view text = line.text;
  for (size_t i = 0; i <= line.gaps.size(); ++i) {
    const size_t end = i < line.gaps.size() ? line.gaps[i] : text.size();
    if (end <= begin) continue;
    if (const auto part = Trim(text.substr(begin, end - begin)); !part.empty()) {
      parts.push_back(part);
    }
    begin = end;
  }
  return parts;
}

// The word of `line` around byte `at`.
std::string_view WordAround(std::string_view line, size_t at) {
  const size_t before = line.rfind(' ', at);
  const size_t begin = before == line.npos ? 0 : before + 1;
  return line.substr(begin, std::min(line.find(' ', at), line.size()) - begin);
}

// A capital behind a small letter, a figure or a bracket, with more than a prefix ("McDonald")
// before it.
std::vector<std::string_view> SplitAtSeams(std::string_view line, std::string_view text) {
  constexpr size_t kLongestPrefix = 3;
  std::vector<std::string_view> parts;
  size_t begin = 0;
  size_t letters = 0;
  UChar32 before = ' ';
  for (size_t at = 0; at < line.size();) {
    const text::Character character = text::CharacterAt(line, at);
    const UChar32 c = character.code_point;
    const bool ends = u_islower(before) || u_isdigit(before) || before == ')';
    if (u_isupper(c) && ends && letters > kLongestPrefix &&
        text.find(WordAround(line, at)) == text.npos) {
      parts.push_back(Trim(line.substr(begin, at - begin)));
      begin = at;
      letters = 0;
    }
    letters = c == ' ' ? 0 : letters + 1;
    before = c;
    at = character.end;
  }
  parts.push_back(Trim(line.substr(begin)));
  return parts;
}

std::vector<std::string> Cleaned(const std::vector<std::string_view>& parts) {
  std::vector<std::string> tags;
  for (std::string_view part : parts) {
    while (part.ends_with(',') || part.ends_with(';')) part = Trim(part.substr(0, part.size() - 1));
    if (std::string tag = WithoutHash(part); !tag.empty()) tags.push_back(std::move(tag));
  }
  return tags;
}

}  // namespace

std::vector<std::string> TagsOfLine(const PageLine& line, size_t begin, std::string_view text) {
  constexpr auto kMarks = std::to_array<std::string_view>(
      {", ", " ,", "; ", " | ", " / ", " • ", " · ", "#", "、", "，", "；", "｜"});
  const std::string_view rest = Trim(std::string_view(line.text).substr(begin));
  std::vector<std::string> tags = Cleaned(SplitAt(rest, kMarks));
  if (tags.size() < 2) tags = Cleaned(SplitAtGaps(line, begin));
  if (tags.size() < 2) tags = Cleaned(SplitAtSeams(rest, text));
  return tags;
}

// The cheapest way to cut the line: one for each tag, and three quarters for each word of a tag
// that the text does not know.
std::vector<std::string> SplitTags(std::string_view line, std::string_view text) {
  constexpr double kTagCost = 1;
  constexpr double kUnknownWordCost = 0.75;
  const std::vector<std::string_view> words = Words(line);
  const TextWords known(text);
  std::vector<std::pair<double, size_t>> best(words.size() + 1, {0, 0});
  for (size_t end = 1; end <= words.size(); ++end) {
    best[end].first = static_cast<double>(2 * words.size() + 1);
    const size_t first = end > 2 * kMostNameWords ? end - 2 * kMostNameWords : 0;
    for (size_t begin = first; begin < end; ++begin) {
      const bool in_text = known.Contains(words, begin, end);
      const double unknown = in_text ? 0 : kUnknownWordCost * static_cast<double>(end - begin);
      const double cost = best[begin].first + kTagCost + unknown;
      if (cost < best[end].first) best[end] = {cost, begin};
    }
  }
  std::vector<std::string> tags;
  for (size_t end = words.size(); end > 0; end = best[end].second) {
    tags.push_back(Join(words, best[end].second, end));
  }
  std::reverse(tags.begin(), tags.end());
  return tags;
}

}  // namespace broadsheet::sources::page
