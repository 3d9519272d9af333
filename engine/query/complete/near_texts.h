// SPDX-License-Identifier: GPL-3.0-or-later
// Finds in a sorted list the texts that are nearly what was typed, or begin with it, without
// looking at the others: it walks over the list as over a tree of letters, with one row of the
// table of edit distances for each letter (optimal string alignment; H. Hanov, "Fast and Easy
// Levenshtein distance using a Trie", 2011).
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/first_behind.h"
#include "engine/text/char_class.h"

namespace broadsheet::query {

// The first `count` letters of valid UTF-8, or all.
inline std::string_view FirstLetters(std::string_view text, size_t count) {
  size_t end = 0;
  for (; count > 0 && end < text.size(); --count) end = text::CharacterAt(text, end).end;
  return text.substr(0, end);
}

// What is near: a text as a whole, or the beginning of one.
enum class NearWhat : uint8_t { kWhole, kBeginning };

struct NearRequest {
  std::u32string typed;
  NearWhat what = NearWhat::kWhole;
  int most_edits = 1;
};

// `text_at(place)` is the text at a place of the list, valid until the end of the walk. Not
// thread-safe.
template <typename TextAt, typename Visit>
class NearTexts {
 public:
  // `visit(begin, end, edits)` is called for places [begin, end), in the order of the list; a place
  // may be in several calls, and its least number of edits counts.
  NearTexts(const NearRequest& request, TextAt text_at, Visit visit)
      : request_(request), text_at_(std::move(text_at)), visit_(std::move(visit)) {}

  // Looks at the places [begin, end), whose texts all begin with the first `letters` letters of
  // what was typed, `bytes` long: those are taken as right.
  void Run(uint32_t begin, uint32_t end, size_t letters, size_t bytes) {
    std::vector<int> row(request_.typed.size() + 1);
    std::iota(row.begin(), row.end(), 0);
    path_.clear();
    std::vector<int> before;
    for (size_t i = 0; i < letters; ++i) {
      path_.push_back(request_.typed[i]);
      std::vector<int> next = NextRow(row, before);
      before = std::exchange(row, std::move(next));
    }
    Walk(begin, end, bytes, row, before);
  }

 private:
  // The distances of path_ to the beginnings of what was typed.
  std::vector<int> NextRow(const std::vector<int>& row, const std::vector<int>& before) const {
    const std::u32string& typed = request_.typed;
    std::vector<int> next(row.size());
    next[0] = row[0] + 1;
    for (size_t i = 1; i < row.size(); ++i) {
      const int changed = path_.back() == typed[i - 1] ? 0 : 1;
      next[i] = std::min({row[i] + 1, next[i - 1] + 1, row[i - 1] + changed});
      const bool swapped = i > 1 && path_.size() > 1 && path_.back() == typed[i - 2] &&
                           path_[path_.size() - 2] == typed[i - 1];
      if (swapped) next[i] = std::min(next[i], before[i - 2] + 1);
    }
    return next;
  }

  // A beginning ends with a letter that was typed: else every text would be near that is cut short.
  bool IsBeginning() const {
    const std::u32string& typed = request_.typed;
    if (path_.empty() || typed.empty()) return false;
    if (path_.back() == typed.back()) return true;
    return typed.size() > 1 && path_.size() > 1 && path_.back() == typed[typed.size() - 2] &&
           path_[path_.size() - 2] == typed.back();
  }

  void Walk(uint32_t begin, uint32_t end, size_t bytes, const std::vector<int>& row,
            const std::vector<int>& before) {
    // Texts that end here come first.
    uint32_t at = begin;
    while (at < end && text_at_(at).size() <= bytes) ++at;
    if (request_.what == NearWhat::kWhole) {
      if (at > begin && row.back() <= request_.most_edits) visit_(begin, at, row.back());
    } else if (row.back() <= request_.most_edits && IsBeginning()) {
      visit_(begin, end, row.back());
    }
    if (*std::min_element(row.begin(), row.end()) > request_.most_edits) return;
    while (at < end) {
      const text::Character letter = text::CharacterAt(text_at_(at), bytes);
      const uint32_t next = EndOfLetter(at, end, bytes, letter.code_point);
      path_.push_back(static_cast<char32_t>(letter.code_point));
      Walk(at, next, letter.end, NextRow(row, before), row);
      path_.pop_back();
      at = next;
    }
  }

  uint32_t EndOfLetter(uint32_t begin, uint32_t end, size_t bytes, UChar32 letter) const {
    const uint32_t behind = base::FirstBehind(begin, end, [&](uint32_t place) {
      return text::CharacterAt(text_at_(place), bytes).code_point > letter;
    });
    // At least this one, also in a damaged list.
    return std::max(begin + 1, behind);
  }

  const NearRequest& request_;
  TextAt text_at_;
  Visit visit_;
  std::u32string path_;
};

}  // namespace broadsheet::query
