// SPDX-License-Identifier: GPL-3.0-or-later
// What many articles have in common that each should have for itself: an id, of which an index
// keeps one article; a headline, a byline, a date, the first or the last paragraph, as of a page's
// furniture that was taken for an article's text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "broadsheet/v1/article.pb.h"

namespace broadsheet::commands {

struct Repeat {
  // The start of the value.
  std::string sample = {};
  uint64_t articles = 0;
  // The numbers of the first articles that have it.
  std::vector<uint64_t> first = {};
};

// Memory is bounded: values beyond kMaxValues different ones are not compared. Not thread-safe.
class RepeatCounter {
 public:
  static constexpr size_t kMaxValues = 100'000;
  static constexpr size_t kMaxFirst = 5;

  // `value` of article `number`; an empty one does not count.
  void Add(std::string_view value, uint64_t number);

  // How many of the articles share their value with another one, and how many values those have.
  struct Sharing {
    uint64_t articles = 0;
    uint64_t values = 0;
  };
  Sharing CountSharing() const;

  // Those of at least `least` articles, most first; at most `limit`.
  std::vector<Repeat> MostFrequent(uint64_t least, size_t limit) const;
  // How many values were added.
  uint64_t total() const { return total_; }

 private:
  // By a hash of the value.
  std::unordered_map<size_t, Repeat> repeats_;
  uint64_t total_ = 0;
};

// One kind of repetition that was found, for the summary.
struct RepeatedValue {
  // Behind a number of articles: "have the same headline", "share 3 ids, so that ...".
  std::string sentence = {};
  // Without a sample where it is about several values.
  Repeat repeat = {};
};

// Not thread-safe.
class ArticleRepeats {
 public:
  // `article` is prepared (schema::PrepareArticle); `number` is its number in the report.
  void Add(const v1::Article& article, uint64_t number);

  // What stands out among all articles that were added.
  std::vector<RepeatedValue> Find() const;

 private:
  void AddSharedIds(std::vector<RepeatedValue>* found) const;

  RepeatCounter ids_;
  RepeatCounter headlines_;
  RepeatCounter bylines_;
  RepeatCounter times_;
  RepeatCounter first_paragraphs_;
  RepeatCounter last_paragraphs_;
};

}  // namespace broadsheet::commands
