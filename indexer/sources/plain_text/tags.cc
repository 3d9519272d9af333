// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/plain_text/tags.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "indexer/sources/plain_text/line_kind.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::page {
namespace {

constexpr size_t kMaxTagWords = 6;
constexpr size_t kMaxListedTags = 30;

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

std::vector<std::string> SplitAtMarks(std::string_view line) {
  constexpr auto kMarks =
      std::to_array<std::string_view>({", ", "; ", " | ", " / ", " • ", " · ", "#"});
  const std::vector<std::string_view> tags = SplitAt(line, kMarks);
  return {tags.begin(), tags.end()};
}

std::string WithoutHash(std::string_view tag) {
  while (tag.starts_with('#')) tag = Trim(tag.substr(1));
  return std::string(tag);
}

// The lines below a label that stands alone, as far as they are short. Where blank lines part them
// the list ends with what looks like no tag.
std::vector<std::string> ListBelow(const Page& page, size_t label) {
  std::vector<std::string> tags;
  for (size_t at = label + 1; at < page.size() && tags.size() < kMaxListedTags; ++at) {
    const PageLine& line = page[at];
    const bool mark = StripMarks(line.text).empty();
    if (mark) continue;
    if (line.kind != LineKind::kShort || line.words > kMaxTagWords) break;
    if (line.text.ends_with(':') || line.text.ends_with('>')) break;
    const bool in_block = at > label + 1 && line.block == page[at - 1].block;
    const bool block_ended =
        at > label + 2 && !in_block && page[at - 1].block == page[at - 2].block;
    if (block_ended) break;
    tags.push_back(WithoutHash(line.text));
  }
  return tags;
}

}  // namespace

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
    const size_t first = end > 2 * kMaxTagWords ? end - 2 * kMaxTagWords : 0;
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

namespace {

// Short lines right below the text, without a label, most of which the text has as names.
std::vector<std::string> TagsRightBelow(const Page& page, Stretch body,
                                        std::string_view body_text) {
  constexpr size_t kMostWords = 4;
  constexpr size_t kNear = 3;
  const TextWords known(body_text);
  std::vector<std::string> tags;
  size_t in_text = 0;
  for (size_t at = body.end; at < page.size() && tags.size() < kMaxListedTags; ++at) {
    const PageLine& line = page[at];
    const bool may_be_tag = line.kind == LineKind::kShort && line.words <= kMostWords;
    if (!may_be_tag && (!tags.empty() || at >= body.end + kNear)) break;
    if (!may_be_tag) continue;
    const std::vector<std::string_view> words = Words(line.text);
    if (known.Contains(words, 0, words.size())) ++in_text;
    tags.push_back(WithoutHash(line.text));
  }
  return 2 * in_text > tags.size() ? tags : std::vector<std::string>();
}

}  // namespace

std::vector<std::string> FindTags(const Page& page, Stretch body, std::string_view body_text) {
  for (size_t at = body.begin; at < page.size(); ++at) {
    std::string_view rest;
    if (page[at].kind != LineKind::kTags || !IsTagsLabel(page[at].text, &rest)) continue;
    std::vector<std::string> tags;
    if (rest.empty()) {
      tags = ListBelow(page, at);
    } else {
      tags = SplitAtMarks(rest);
      if (tags.size() == 1) tags = SplitTags(rest, body_text);
    }
    if (!tags.empty()) return tags;
  }
  return TagsRightBelow(page, body, body_text);
}

}  // namespace broadsheet::sources::page
