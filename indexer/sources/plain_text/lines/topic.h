// SPDX-License-Identifier: GPL-3.0-or-later
// What a text is about, for telling whether another piece of the page is about the same.
#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace broadsheet::sources::page {

// The beginnings of the longer words of a text, or, in scripts without spaces, every two
// characters. Not thread-safe while texts are added.
class Topic {
 public:
  void Add(std::string_view text);
  // The same of a text's words, which FoldedWords gives.
  void AddFolded(const std::vector<std::string>& words);

  // What share of the topic of `other` this one has, from 0 to 1; 0 when `other` has none.
  double Share(const Topic& other) const;

 private:
  std::unordered_set<std::string> words_;
};

}  // namespace broadsheet::sources::page
