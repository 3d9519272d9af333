// SPDX-License-Identifier: GPL-3.0-or-later
// How near a typed word is to the words that a term of the index stands for. Terms are stems, and
// two words that differ by a letter may have stems that differ by many: `minster` is one letter
// from minister, whose stem is minist, and three from miners, whose stem is miner.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/text/analyzer.h"

namespace broadsheet::query {

// Optimal string alignment distance in code points, or `most` + 1 when it is more than `most`.
int EditDistance(const std::u32string& a, const std::u32string& b, int most);

// The code points of valid UTF-8.
std::u32string CodePoints(std::string_view text);

// Made for one typed word. Not thread-safe; `analyzer` must outlive it.
class Spellings {
 public:
  // `typed` is folded; `languages` are those that terms are stems in, none = terms are words as
  // they were written. `most` changed, missing, added or swapped letters are near.
  Spellings(text::Analyzer& analyzer, const std::string& typed, std::vector<std::string> languages,
            int most);

  // The least distance between the typed word and a word with this stem; most + 1 when none is
  // near. A word is the stem itself, or the stem with the ending of the typed word, or with one of
  // those that English words end in, provided that the analyser stems it so. A term of less than
  // four letters is near within one letter only: within two it is any.
  int DistanceTo(const std::string& term);

  // The words other than the stem itself that the last DistanceTo() found near, with their
  // distance, in no order. Empty where articles cannot be asked whether they have them: token runs
  // keep accents, so this is for English alone.
  const std::vector<std::pair<std::string, int>>& near_words() const { return near_words_; }
  // The distance to the stem itself, in the last DistanceTo().
  int stem_distance() const { return stem_distance_; }

 private:
  int NearestWord(const std::string& term, const std::u32string& base, int nearest);
  bool IsStemOf(const std::string& term, const std::u32string& word);

  text::Analyzer& analyzer_;
  std::u32string typed_;
  std::vector<std::string> languages_;
  int most_;
  bool english_;
  std::vector<std::pair<std::string, int>> near_words_;
  int stem_distance_ = 0;
};

}  // namespace broadsheet::query
