// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/admission/turn_queue.h"

#include <algorithm>
#include <iterator>

namespace broadsheet::server {
namespace {

// More than wait at a time by far; forgetting them takes microseconds.
constexpr size_t kMostIdleCallers = 1024;

// How many rounds a caller stands back at most for what it was refused: enough to put it behind
// those who ask seldom, and made up for in no time once it asks less.
constexpr uint64_t kMostRoundsOfDebt = 64;

SearcherTask PopFront(std::deque<SearcherTask>& tasks) {
  SearcherTask task = std::move(tasks.front());
  tasks.pop_front();
  return task;
}

SearcherTask PopBack(std::deque<SearcherTask>& tasks) {
  SearcherTask task = std::move(tasks.back());
  tasks.pop_back();
  return task;
}

}  // namespace

uint64_t TurnQueue::RoundAfter(uint64_t last_round) const {
  return std::max(last_round + 1, round_);
}

uint64_t TurnQueue::NextRoundOf(const std::string& turn_name) const {
  const auto found = callers_.find(turn_name);
  return RoundAfter(found == callers_.end() ? 0 : found->second.last_round);
}

void TurnQueue::Add(SearcherTask task) {
  if (callers_.size() > kMostIdleCallers + 2 * turns_.size()) ForgetIdleCallers();
  Caller& caller = callers_[task.turn_name];
  caller.last_round = RoundAfter(caller.last_round);
  caller.turns.emplace_back(caller.last_round, ++added_);
  caller.tasks.push_back(std::move(task));
  turns_.emplace(caller.turns.back(), &caller);
}

size_t TurnQueue::CountBefore(const std::string& turn_name) const {
  const Turn last_of_round = {NextRoundOf(turn_name), added_};
  return static_cast<size_t>(std::distance(turns_.begin(), turns_.upper_bound(last_of_round)));
}

bool TurnQueue::WouldBeLast(const std::string& turn_name) const {
  return turns_.empty() || NextRoundOf(turn_name) >= turns_.rbegin()->first.first;
}

void TurnQueue::NoteRefused(const std::string& turn_name) {
  if (callers_.size() > kMostIdleCallers + 2 * turns_.size()) ForgetIdleCallers();
  Caller& caller = callers_[turn_name];
  caller.last_round = RoundAfter(caller.last_round);
  LimitDebt(caller);
}

SearcherTask TurnQueue::TakeNext(bool newest) {
  auto next = turns_.begin();
  round_ = next->first.first;
  if (newest) next = std::prev(turns_.lower_bound({round_ + 1, 0}));
  Caller& caller = *next->second;
  // It has no turn before this one: each of its turns is in a later round than the one before.
  caller.turns.pop_front();
  turns_.erase(next);
  return newest ? PopBack(caller.tasks) : PopFront(caller.tasks);
}

SearcherTask TurnQueue::TakeLast() {
  Caller& caller = *turns_.rbegin()->second;
  RefuseLastTurn(caller);
  return PopBack(caller.tasks);
}

std::vector<SearcherTask> TurnQueue::TakeDead() {
  std::vector<SearcherTask> dead;
  for (auto& [name, caller] : callers_) {
    const auto first_dead =
        std::stable_partition(caller.tasks.begin(), caller.tasks.end(),
                              [](const SearcherTask& task) { return task.call.Check().ok(); });
    for (auto each = first_dead; each != caller.tasks.end(); ++each) RefuseLastTurn(caller);
    std::move(first_dead, caller.tasks.end(), std::back_inserter(dead));
    caller.tasks.erase(first_dead, caller.tasks.end());
  }
  return dead;
}

std::vector<SearcherTask> TurnQueue::TakeAll() {
  std::vector<SearcherTask> all;
  while (!empty()) all.push_back(TakeNext(/*newest=*/false));
  return all;
}

void TurnQueue::RefuseLastTurn(Caller& caller) {
  turns_.erase(caller.turns.back());
  caller.turns.pop_back();
  LimitDebt(caller);
}

void TurnQueue::LimitDebt(Caller& caller) const {
  const uint64_t waits_for = caller.turns.empty() ? 0 : caller.turns.back().first;
  caller.last_round = std::max(waits_for, std::min(caller.last_round, round_ + kMostRoundsOfDebt));
}

void TurnQueue::ForgetIdleCallers() {
  std::erase_if(callers_, [this](const auto& each) {
    return each.second.tasks.empty() && each.second.last_round <= round_;
  });
}

}  // namespace broadsheet::server
