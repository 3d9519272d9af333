// SPDX-License-Identifier: GPL-3.0-or-later
// An invented newspaper of a port. Its articles have subjects, whose words stand together as in
// news: a few often, most seldom. They are in several languages or state none, dated to the second,
// the day, the month, the year or not at all, and some of them are withheld or under embargo.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "tests/engine/query/invariants/chance.h"
#include "tests/testing/test_index.h"

namespace broadsheet::query::invariants {

// When readers ask. Not a whole second, as hardly any time is.
inline const absl::Time kNow = absl::FromUnixMillis(1'720'000'000'123);

class Gazette {
 public:
  explicit Gazette(uint64_t seed) : chance_(seed) {}

  testing::TestArticle WriteArticle();

 private:
  // A sentence or more, of at least one word.
  std::string Text(size_t most_words, bool paragraphs = false);
  std::string Word();
  std::string Name();
  std::string Published();
  void AddCaptions(testing::TestArticle* article);
  void Hold(testing::TestArticle* article);

  Chance chance_;
  // That of the article that is being written.
  size_t subject_ = 0;
};

// Some of the values that articles have, and one that none has.
const std::vector<std::string>& Tags();
const std::vector<std::string>& Sections();
const std::vector<std::string>& Sources();
const std::vector<std::string>& Languages();

}  // namespace broadsheet::query::invariants
