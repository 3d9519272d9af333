// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/commands/report/repeats.h"

#include <algorithm>
#include <functional>

#include "engine/schema/published_time.h"
#include "engine/text/utf8.h"
#include "indexer/commands/shared/figures.h"

namespace broadsheet::commands {
namespace {

constexpr size_t kSampleBytes = 200;
// Fewer articles with the same words may be chance.
constexpr uint64_t kFew = 3;
constexpr size_t kMostShown = 10;

std::string Bylines(const v1::Article& article) {
  std::string names;
  for (const v1::Byline& byline : article.bylines()) {
    names += (names.empty() ? "" : "; ") + byline.name();
  }
  return names;
}

// The first paragraph of `body`, "" when it is the only one, and likewise the last.
std::string_view FirstParagraph(std::string_view body) {
  const size_t end = body.find("\n\n");
  return end == std::string_view::npos ? "" : body.substr(0, end);
}

std::string_view LastParagraph(std::string_view body) {
  const size_t begin = body.rfind("\n\n");
  return begin == std::string_view::npos ? "" : body.substr(begin + 2);
}

// That of at least four fifths of those that have any.
bool IsEverywhere(const Repeat& repeat, const RepeatCounter& counter) {
  return repeat.articles * 5 >= counter.total() * 4;
}

}  // namespace

void RepeatCounter::Add(std::string_view value, uint64_t number) {
  if (value.empty()) return;
  ++total_;
  const size_t key = std::hash<std::string_view>()(value);
  const auto found = repeats_.find(key);
  if (found == repeats_.end()) {
    if (repeats_.size() < kMaxValues) {
      repeats_.emplace(key, Repeat{.sample = {}, .articles = 1, .first = {number}});
    }
    return;
  }
  Repeat& repeat = found->second;
  ++repeat.articles;
  if (repeat.first.size() < kMaxFirst) repeat.first.push_back(number);
  // Most values occur once and need no sample.
  if (repeat.sample.empty()) repeat.sample = std::string(text::PrefixOf(value, kSampleBytes));
}

RepeatCounter::Sharing RepeatCounter::CountSharing() const {
  Sharing sharing;
  for (const auto& [key, repeat] : repeats_) {
    if (repeat.articles < 2) continue;
    sharing.articles += repeat.articles;
    ++sharing.values;
  }
  return sharing;
}

std::vector<Repeat> RepeatCounter::MostFrequent(uint64_t least, size_t limit) const {
  std::vector<Repeat> frequent;
  for (const auto& [key, repeat] : repeats_) {
    if (repeat.articles >= std::max<uint64_t>(least, 2)) frequent.push_back(repeat);
  }
  std::sort(frequent.begin(), frequent.end(), [](const Repeat& a, const Repeat& b) {
    return a.articles != b.articles ? a.articles > b.articles : a.first < b.first;
  });
  frequent.resize(std::min(frequent.size(), limit));
  return frequent;
}

void ArticleRepeats::Add(const v1::Article& article, uint64_t number) {
  ids_.Add(article.id(), number);
  headlines_.Add(article.headline(), number);
  bylines_.Add(Bylines(article), number);
  // The articles of one day have its date; those of one second are rather of one download.
  if (article.published_precision() == v1::DATE_PRECISION_INSTANT) {
    times_.Add(schema::FormatPublishedTime(article), number);
  }
  first_paragraphs_.Add(FirstParagraph(article.body()), number);
  last_paragraphs_.Add(LastParagraph(article.body()), number);
}

// Two articles of one id are mostly a story and its correction. Where such pairs are many, the id
// is that of something else.
void ArticleRepeats::AddSharedIds(std::vector<RepeatedValue>* found) const {
  constexpr uint64_t kOneIn = 10;
  const RepeatCounter::Sharing sharing = ids_.CountSharing();
  if (sharing.values < kFew || sharing.articles * kOneIn < ids_.total()) return;
  found->push_back({.sentence = "share " + Counted(sharing.values, "id") +
                                ", so that an index keeps one of each",
                    .repeat = {.sample = {}, .articles = sharing.articles, .first = {}}});
}

std::vector<RepeatedValue> ArticleRepeats::Find() const {
  std::vector<RepeatedValue> found;
  const auto add = [&found](const RepeatCounter& counter, const std::string& sentence,
                            bool only_everywhere) {
    for (Repeat& repeat : counter.MostFrequent(kFew, kMostShown)) {
      if (only_everywhere && !IsEverywhere(repeat, counter)) continue;
      found.push_back({.sentence = sentence, .repeat = std::move(repeat)});
    }
  };
  AddSharedIds(&found);
  add(ids_, "share 1 id, so that an index keeps one of them", false);
  add(headlines_, "have the same headline", false);
  add(first_paragraphs_, "begin with the same paragraph", false);
  add(last_paragraphs_, "end with the same paragraph", false);
  add(bylines_, "have the same byline, nearly all that have any", true);
  add(times_, "have the same time, nearly all that have any", true);
  return found;
}

}  // namespace broadsheet::commands
