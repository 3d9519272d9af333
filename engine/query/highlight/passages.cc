// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/highlight/passages.h"

#include <algorithm>
#include <array>
#include <bit>
#include <tuple>

namespace broadsheet::query {
namespace {

constexpr double kShownAlready = 0.1;
// The bonus of matches side by side over the same matches far apart.
constexpr double kCloseness = 0.25;

// Matches that would fit into one fragment.
struct PassageCandidate {
  size_t stretch = 0;
  WordRange core;
  PatternSet patterns = 0;
  double closeness = 0;  // 1 when the core has only matches
  uint32_t matches = 0;
};

class Picker {
 public:
  Picker(const RunLayout& layout, const std::vector<MatchedSpan>& found,
         const std::vector<double>& weights, const Capacities& capacities)
      : layout_(layout), found_(found), capacities_(capacities) {
    for (size_t i = 0; i < weights.size(); ++i) {
      double& weight = weights_[i % kPatternBits];
      weight = std::max(weight, weights[i]);
    }
  }

  std::vector<Passage> Pick(size_t most, base::Deadline& deadline);

 private:
  using FoundIterator = std::vector<MatchedSpan>::const_iterator;

  void ListCandidates();
  void AddCandidate(const PassageCandidate& candidate);
  void AddWhole(size_t stretch, FoundIterator begin, FoundIterator end);
  void AddWindows(size_t stretch, FoundIterator begin, FoundIterator end);
  bool IsTaken(const PassageCandidate& candidate) const;
  double WeightOf(PatternSet patterns) const;
  double GainOf(const PassageCandidate& candidate, PatternSet shown) const;
  WordRange Surround(const PassageCandidate& candidate) const;
  WordRange RoomAround(const PassageCandidate& candidate) const;
  PatternSet PatternsIn(const WordRange& range) const;

  const RunLayout& layout_;
  const std::vector<MatchedSpan>& found_;
  const Capacities& capacities_;
  std::array<double, kPatternBits> weights_ = {};
  std::vector<PassageCandidate> candidates_;
  std::vector<Passage> passages_;
};

std::vector<Passage> Picker::Pick(size_t most, base::Deadline& deadline) {
  ListCandidates();
  PatternSet shown = 0;
  while (passages_.size() < most) {
    deadline.Poll();
    const PassageCandidate* best = nullptr;
    double best_gain = 0;
    for (const PassageCandidate& candidate : candidates_) {
      const double gain = GainOf(candidate, shown);
      const bool better = best == nullptr || gain > best_gain ||
                          (gain == best_gain && candidate.stretch == best->stretch &&
                           candidate.matches > best->matches);
      if (!better || IsTaken(candidate)) continue;
      best = &candidate;
      best_gain = gain;
    }
    if (best == nullptr) break;
    passages_.push_back({.stretch = best->stretch,
                         .shown = Surround(*best),
                         .core = best->core,
                         .gain = best_gain});
    shown |= PatternsIn(passages_.back().shown);
  }
  return std::move(passages_);
}

void Picker::ListCandidates() {
  auto begin = found_.begin();
  for (size_t i = 0; i < layout_.stretches.size() && begin != found_.end(); ++i) {
    const uint32_t past = layout_.stretches[i].past_word();
    const auto end = std::find_if(begin, found_.end(),
                                  [past](const MatchedSpan& found) { return found.first >= past; });
    if (begin != end) {
      if (capacities_[i] == 0) {
        AddWhole(i, begin, end);
      } else {
        AddWindows(i, begin, end);
      }
    }
    begin = end;
  }
}

void Picker::AddWhole(size_t stretch, FoundIterator begin, FoundIterator end) {
  PassageCandidate candidate{.stretch = stretch, .core = {begin->first, begin->last}};
  uint32_t words = 0;
  for (auto one = begin; one != end; ++one) {
    candidate.core.last = std::max(candidate.core.last, one->last);
    candidate.patterns |= one->patterns;
    words += one->last - one->first + 1;
  }
  candidate.matches = static_cast<uint32_t>(end - begin);
  const uint32_t length = candidate.core.last - candidate.core.first + 1;
  candidate.closeness = std::min(1.0, static_cast<double>(words) / length);
  AddCandidate(candidate);
}

// Adds, for each match, the shortest window that starts there and shows as much as any such window.
void Picker::AddWindows(size_t stretch, FoundIterator begin, FoundIterator end) {
  PatternSet all = 0;
  for (auto one = begin; one != end; ++one) all |= one->patterns;
  auto past = begin;
  for (auto first = begin; first != end; ++first) {
    const uint32_t limit = first->first + capacities_[stretch];
    while (past != end && past->first < limit) ++past;
    PassageCandidate candidate{.stretch = stretch,
                               .core = {first->first, first->last},
                               .matches = static_cast<uint32_t>(past - first)};
    uint32_t words = 0;
    for (auto one = first; one != past && candidate.patterns != all; ++one) {
      const bool fits = one == first || one->last < limit;
      if (!fits || (one->patterns & ~candidate.patterns) == 0) continue;
      candidate.patterns |= one->patterns;
      candidate.core.last = std::max(candidate.core.last, one->last);
      words += one->last - one->first + 1;
    }
    const uint32_t length = candidate.core.last - candidate.core.first + 1;
    candidate.closeness = std::min(1.0, static_cast<double>(words) / length);
    AddCandidate(candidate);
  }
}

// Whenever a text has too many candidates, keeps the better half.
void Picker::AddCandidate(const PassageCandidate& candidate) {
  constexpr size_t kMostCandidates = 1 << 14;
  candidates_.push_back(candidate);
  if (candidates_.size() < kMostCandidates) return;
  const auto middle = candidates_.begin() + kMostCandidates / 2;
  std::nth_element(candidates_.begin(), middle, candidates_.end(),
                   [this](const PassageCandidate& a, const PassageCandidate& b) {
                     return std::make_tuple(-GainOf(a, 0), b.matches, a.core.first) <
                            std::make_tuple(-GainOf(b, 0), a.matches, b.core.first);
                   });
  candidates_.erase(middle, candidates_.end());
  std::sort(candidates_.begin(), candidates_.end(),
            [](const PassageCandidate& a, const PassageCandidate& b) {
              return a.core.first < b.core.first;
            });
}

bool Picker::IsTaken(const PassageCandidate& candidate) const {
  return std::any_of(passages_.begin(), passages_.end(), [&](const Passage& passage) {
    return passage.stretch == candidate.stretch && passage.shown.Overlaps(candidate.core);
  });
}

double Picker::WeightOf(PatternSet patterns) const {
  double weight = 0;
  for (; patterns != 0; patterns &= patterns - 1) {
    weight += weights_[static_cast<size_t>(std::countr_zero(patterns))];
  }
  return weight;
}

double Picker::GainOf(const PassageCandidate& candidate, PatternSet shown) const {
  const double weight =
      WeightOf(candidate.patterns & ~shown) + kShownAlready * WeightOf(candidate.patterns & shown);
  // A single word has no closeness.
  const bool several = std::popcount(candidate.patterns) > 1;
  return several ? weight * (1 + kCloseness * candidate.closeness) : weight;
}

// The words that the fragment may use without overlapping another.
WordRange Picker::RoomAround(const PassageCandidate& candidate) const {
  const Stretch& stretch = layout_.stretches[candidate.stretch];
  WordRange room{stretch.first_word, stretch.past_word() - 1};
  for (const Passage& passage : passages_) {
    if (passage.stretch != candidate.stretch) continue;
    if (passage.shown.last < candidate.core.first) {
      room.first = std::max(room.first, passage.shown.last + 1);
    } else {
      room.last = std::min(room.last, passage.shown.first - 1);
    }
  }
  return room;
}

// Extends back to the start of the sentence if half of the room is left then, else by a third of
// the room; and forward to the end of the last sentence that fits, unless that makes the fragment
// much shorter.
WordRange Picker::Surround(const PassageCandidate& candidate) const {
  const uint32_t capacity = capacities_[candidate.stretch];
  const WordRange room = RoomAround(candidate);
  if (capacity == 0 || room.last - room.first < capacity) return room;
  const WordRange& core = candidate.core;
  const uint32_t filled = core.last - core.first + 1;
  const uint32_t left = filled < capacity ? capacity - filled : 0;
  const auto back_to_sentence = [&](uint32_t from, uint32_t most) {
    uint32_t word = from;
    const uint32_t lowest = std::max(room.first, from - std::min(from, most));
    while (word > lowest && !layout_.StartsSentence(word)) --word;
    return layout_.StartsSentence(word) ? word : from;
  };
  WordRange shown = core;
  shown.first = back_to_sentence(core.first, left / 2);
  if (!layout_.StartsSentence(shown.first)) {
    shown.first = std::max(room.first, core.first - std::min(core.first, left / 3));
  }
  shown.last = std::max(core.last, std::min(room.last, shown.first + capacity - 1));
  if (shown.last == room.last) {
    // The text ends here, so show more text before it, in whole sentences.
    const uint32_t longest = std::max(capacity, shown.last - core.first + 1);
    uint32_t start = std::max(room.first, shown.last + 1 - std::min(shown.last + 1, longest));
    while (start < shown.first && !layout_.StartsSentence(start)) ++start;
    shown.first = std::min(start, shown.first);
    return shown;
  }
  const uint32_t shortest = std::max(core.last, shown.first + capacity * 3 / 5);
  for (uint32_t next = shown.last + 1; next > shortest; --next) {
    if (!layout_.StartsSentence(next)) continue;
    shown.last = next - 1;
    break;
  }
  return shown;
}

PatternSet Picker::PatternsIn(const WordRange& range) const {
  PatternSet patterns = 0;
  const auto begin = std::lower_bound(
      found_.begin(), found_.end(), range.first,
      [](const MatchedSpan& found, uint32_t first) { return found.first < first; });
  for (auto one = begin; one != found_.end() && one->first <= range.last; ++one) {
    if (one->last <= range.last) patterns |= one->patterns;
  }
  return patterns;
}

}  // namespace

std::vector<Passage> PickPassages(const RunLayout& layout, const std::vector<MatchedSpan>& found,
                                  const std::vector<double>& weights, const Capacities& capacities,
                                  size_t most, base::Deadline& deadline) {
  return Picker(layout, found, weights, capacities).Pick(most, deadline);
}

}  // namespace broadsheet::query
