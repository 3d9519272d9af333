// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/positions/near_sweep.h"

#include <algorithm>
#include <functional>
#include <numeric>

namespace broadsheet::query {

NearSweep::NearSweep(size_t operands, uint32_t distance, bool ordered)
    // Positions have 32 bits, so any two are closer than this.
    : distance_(distance == kAnyDistance ? uint64_t{1} << 40 : distance),
      ordered_(ordered),
      all_((1U << operands) - 1),
      before_(operands),
      row_size_(ordered ? 1 : size_t{1} << (operands - 1)),
      best_(all_ + 1) {
  for (uint32_t operand = 0; operand < operands; ++operand) {
    const uint32_t bit = 1U << operand;
    for (uint32_t set = 0; set <= all_; ++set) {
      if (ordered ? set == bit - 1 : (set & bit) == 0) before_[operand].push_back(set);
    }
  }
}

void NearSweep::CloseBefore(uint32_t position, std::span<const Place> places, bool keep) {
  while (!open_.empty() && open_.front().last < position) {
    std::pop_heap(open_.begin(), open_.end(), std::greater<>());
    const Open closed = open_.back();
    open_.pop_back();
    const Place& place = places[closed.place];
    const Credit* credit = rows_.data() + closed.row * row_size_;
    for (const uint32_t set : before_[place.operand]) {
      Credit& best = best_[set | 1U << place.operand];
      if (*credit != 0) best = std::max(best, *credit + place.words);
      ++credit;
    }
    if (!keep) free_rows_.push_back(closed.row);
  }
}

uint32_t NearSweep::TakeRow() {
  if (free_rows_.empty()) {
    const auto row = static_cast<uint32_t>(rows_.size() / row_size_);
    rows_.resize(rows_.size() + row_size_);
    return row;
  }
  const uint32_t row = free_rows_.back();
  free_rows_.pop_back();
  return row;
}

template <typename Visit>
void NearSweep::Sweep(std::span<const Place> places, bool keep, Poll poll, Visit visit) {
  std::fill(best_.begin(), best_.end(), 0);
  open_.clear();
  rows_.clear();
  free_rows_.clear();
  for (uint32_t i = 0; i < places.size(); ++i) {
    const Place& place = places[i];
    poll(row_size_);
    CloseBefore(place.span.first, places, keep);
    const uint32_t row = TakeRow();
    Credit* credit = rows_.data() + row * row_size_;
    for (const uint32_t set : before_[place.operand]) {
      *credit++ = set == 0 ? place.span.first + 1 : best_[set];
    }
    if (!visit(place, credit - row_size_)) return;
    open_.push_back({.last = place.span.last, .place = i, .row = row});
    std::push_heap(open_.begin(), open_.end(), std::greater<>());
  }
}

bool NearSweep::Matches(std::span<const Place> places, Poll poll) {
  bool found = false;
  Sweep(places, /*keep=*/false, poll, [&](const Place& place, const Credit* row) {
    const bool completes = before_[place.operand].back() == (all_ & ~(1U << place.operand));
    const Credit others = row[row_size_ - 1];
    found = completes && others != 0 && IsNear(place.span.last, uint64_t{others} + place.words);
    return !found;
  });
  return found;
}

std::vector<Place> NearSweep::Mirrored(std::span<const Place> places,
                                       const std::vector<uint32_t>& order, uint32_t end) const {
  const auto last_operand = static_cast<uint32_t>(before_.size() - 1);
  std::vector<Place> mirrored;
  for (const uint32_t i : order) {
    const Place& place = places[i];
    mirrored.push_back({.span = {end - place.span.last, end - place.span.first},
                        .words = place.words,
                        .operand = ordered_ ? last_operand - place.operand : place.operand});
  }
  return mirrored;
}

// A place takes part in a match when some of the other operands can be placed before it and the
// others after it. The sets that can follow a place are the complements of those it can follow, so
// their rows are in the opposite order.
void NearSweep::FindParts(std::span<const Place> places, Poll poll,
                          std::vector<Occurrence>* parts) {
  places = places.first(std::min(places.size(), kMostCredits / row_size_));
  if (places.empty()) return;
  const auto all = [](const Place&, const Credit*) { return true; };
  Sweep(places, /*keep=*/true, poll, all);
  const std::vector<Credit> before = rows_;
  std::vector<uint32_t> order(places.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) {
    return places[a].span.last > places[b].span.last;
  });
  const uint32_t end = places[order.front()].span.last;
  Sweep(Mirrored(places, order, end), /*keep=*/true, poll, all);
  std::vector<bool> takes_part(places.size());
  for (size_t mirrored = 0; mirrored < order.size(); ++mirrored) {
    const uint32_t i = order[mirrored];
    const Credit* const ahead = before.data() + i * row_size_;
    const Credit* const behind = rows_.data() + mirrored * row_size_;
    for (size_t set = 0; set < row_size_; ++set) {
      const uint64_t a = ahead[set];
      const uint64_t b = behind[row_size_ - 1 - set];
      // The credit of operands after the place, counted from the end, is smaller by end + 1 than
      // from the start.
      if (a != 0 && b != 0 && IsNear(uint64_t{end} + 1, a + b + places[i].words)) {
        takes_part[i] = true;
      }
    }
  }
  for (size_t i = 0; i < places.size(); ++i) {
    if (takes_part[i]) parts->push_back(places[i].span);
  }
}

}  // namespace broadsheet::query
