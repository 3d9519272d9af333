// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/compile/spellings.h"

#include <xapian.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>

namespace broadsheet::query {
namespace {

// What the English stemmer takes off, most often.
constexpr std::array<std::u32string_view, 40> kEnglishEndings = {
    U"s",     U"es",   U"e",    U"ed",   U"er",    U"ers",     U"ing",    U"y",
    U"ies",   U"ly",   U"al",   U"ally", U"ment",  U"ments",   U"ion",    U"ions",
    U"ation", U"ate",  U"ated", U"ance", U"ances", U"ence",    U"ences",  U"ent",
    U"ant",   U"able", U"ible", U"ive",  U"ous",   U"ful",     U"fully",  U"ness",
    U"ity",   U"ize",  U"ized", U"ism",  U"ely",   U"ization", U"ements", U"ately"};

std::string Utf8(const std::u32string& points) {
  std::string text;
  for (const char32_t point : points) Xapian::Unicode::append_utf8(text, point);
  return text;
}

// The optimal string alignment distances between `a` and each start of `b`, by its length; empty
// when all are more than `most`.
std::vector<int> DistancesToStarts(const std::u32string& a, const std::u32string& b, int most) {
  // Three rows of the usual table: swaps look two rows back.
  std::array<std::vector<int>, 3> rows;
  for (std::vector<int>& row : rows) row.assign(b.size() + 1, 0);
  for (size_t j = 0; j <= b.size(); ++j) rows[0][j] = static_cast<int>(j);
  for (size_t i = 1; i <= a.size(); ++i) {
    std::vector<int>& row = rows[i % 3];
    const std::vector<int>& above = rows[(i + 2) % 3];
    const std::vector<int>& two_above = rows[(i + 1) % 3];
    row[0] = static_cast<int>(i);
    int least = row[0];
    for (size_t j = 1; j <= b.size(); ++j) {
      const int change = a[i - 1] == b[j - 1] ? 0 : 1;
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + change});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], two_above[j - 2] + 1);
      least = std::min(least, row[j]);
    }
    if (least > most) return {};
  }
  return rows[a.size() % 3];
}

}  // namespace

std::u32string CodePoints(std::string_view text) {
  std::u32string points;
  const Xapian::Utf8Iterator end;
  for (Xapian::Utf8Iterator at(text.data(), text.size()); at != end; ++at) {
    points += static_cast<char32_t>(*at);
  }
  return points;
}

int EditDistance(const std::u32string& a, const std::u32string& b, int most) {
  const auto length_a = static_cast<int>(a.size());
  const auto length_b = static_cast<int>(b.size());
  if (std::abs(length_a - length_b) > most) return most + 1;
  const std::vector<int> starts = DistancesToStarts(a, b, most);
  return starts.empty() ? most + 1 : std::min(starts.back(), most + 1);
}

Spellings::Spellings(text::Analyzer& analyzer, const std::string& typed,
                     std::vector<std::string> languages, int most)
    : analyzer_(analyzer),
      typed_(CodePoints(typed)),
      languages_(std::move(languages)),
      most_(most),
      english_(std::find(languages_.begin(), languages_.end(), "en") != languages_.end()) {}

int Spellings::DistanceTo(const std::string& term) {
  constexpr size_t kShortStem = 4;
  const std::u32string stem = CodePoints(term);
  const int allowed = stem.size() < kShortStem ? std::min(most_, 1) : most_;
  const auto longest = typed_.size() + static_cast<size_t>(most_);
  if (stem.size() > longest) return most_ + 1;
  near_words_.clear();
  int nearest = EditDistance(typed_, stem, allowed);
  if (nearest > allowed) nearest = most_ + 1;
  stem_distance_ = nearest;
  if (languages_.empty() || nearest == 0) return nearest;
  nearest = NearestWord(term, stem, nearest);
  if (english_ && stem.back() == U'i') {
    std::u32string base = stem;
    base.back() = U'y';
    nearest = NearestWord(term, base, nearest);
  }
  std::erase_if(near_words_, [&](const auto& word) { return word.second > allowed; });
  return nearest > allowed ? most_ + 1 : nearest;
}

int Spellings::NearestWord(const std::string& term, const std::u32string& base, int nearest) {
  const std::vector<int> starts = DistancesToStarts(base, typed_, most_);
  if (starts.empty()) return nearest;
  const auto consider = [&](const std::u32string& word) {
    const int distance = EditDistance(typed_, word, most_);
    if (distance > most_ || !IsStemOf(term, word)) return;
    if (english_ && languages_.size() == 1) near_words_.emplace_back(Utf8(word), distance);
    nearest = std::min(nearest, distance);
  };
  consider(base);
  for (size_t length = 0; length < starts.size(); ++length) {
    if (starts[length] <= most_) consider(base + typed_.substr(length));
  }
  if (!english_) return nearest;
  for (const std::u32string_view ending : kEnglishEndings) {
    consider(base + std::u32string(ending));
  }
  return nearest;
}

bool Spellings::IsStemOf(const std::string& term, const std::u32string& word) {
  const std::vector<text::QueryWord> words = text::AnalyzeQuery(analyzer_, Utf8(word), languages_);
  return words.size() == 1 &&
         std::find(words[0].terms.begin(), words[0].terms.end(), term) != words[0].terms.end();
}

}  // namespace broadsheet::query
