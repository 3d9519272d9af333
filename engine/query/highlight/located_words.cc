// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/highlight/located_words.h"

#include <algorithm>

namespace broadsheet::query {
namespace {

bool IsBefore(const text::Place& place, uint32_t word) { return place.position < word; }

}  // namespace

void LocatedWords::Clear() {
  wanted_.clear();
  words_.clear();
  alternatives_.clear();
}

void LocatedWords::Want(WordRange words) { wanted_.push_back(words); }

void LocatedWords::Locate(text::Analyzer& analyzer, std::string_view text,
                          base::Deadline& deadline) {
  constexpr uint32_t kWordsBetweenChecks = 8192;
  if (wanted_.empty()) return;
  std::sort(wanted_.begin(), wanted_.end(),
            [](const WordRange& a, const WordRange& b) { return a.first < b.first; });
  auto range = wanted_.begin();
  analyzer.Locate(text, [&](const text::Place& place) {
    if (place.position % kWordsBetweenChecks == kWordsBetweenChecks - 1) deadline.Check();
    if (place.position < range->first) return true;
    while (place.position > range->last) {
      if (++range == wanted_.end()) return false;
    }
    if (place.position >= range->first) {
      (place.alternative ? alternatives_ : words_).push_back(place);
    }
    return true;
  });
}

const text::Place* LocatedWords::FormAt(uint32_t word, FormNumber form) const {
  const std::vector<text::Place>& places = form == 0 ? words_ : alternatives_;
  auto place = std::lower_bound(places.begin(), places.end(), word, IsBefore);
  if (form > 0) {
    const auto left = static_cast<size_t>(places.end() - place);
    place += static_cast<std::ptrdiff_t>(std::min<size_t>(left, form - size_t{1}));
  }
  return place != places.end() && place->position == word ? &*place : nullptr;
}

size_t LocatedWords::FirstFrom(uint32_t word) const {
  const auto place = std::lower_bound(words_.begin(), words_.end(), word, IsBefore);
  return place == words_.end() ? NoWord() : static_cast<size_t>(place - words_.begin());
}

size_t LocatedWords::LastUpTo(uint32_t word) const {
  const auto place = std::lower_bound(words_.begin(), words_.end(), word + 1, IsBefore);
  return place == words_.begin() ? NoWord() : static_cast<size_t>(place - words_.begin()) - 1;
}

}  // namespace broadsheet::query
