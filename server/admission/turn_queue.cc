// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/admission/turn_queue.h"

#include <algorithm>
#include <iterator>

namespace broadsheet::server {
namespace {

// More than wait at a time by far; forgetting them takes microseconds.
constexpr size_t kMostIdleCallers = 1024;

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

void TurnQueue::Add(SearcherTask task) {
  if (callers_.size() > kMostIdleCallers + 2 * turns_.size()) ForgetIdleCallers();
  Caller& caller = callers_[task.turn_name];
  caller.last_round = std::max(caller.last_round + 1, round_);
  caller.turns.emplace_back(caller.last_round, ++added_);
  caller.tasks.push_back(std::move(task));
  turns_.emplace(caller.turns.back(), &caller);
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
  GiveBackTurn(caller);
  return PopBack(caller.tasks);
}

std::vector<SearcherTask> TurnQueue::TakeDead() {
  std::vector<SearcherTask> dead;
  for (auto& [name, caller] : callers_) {
    const auto first_dead =
        std::stable_partition(caller.tasks.begin(), caller.tasks.end(),
                              [](const SearcherTask& task) { return task.call.Check().ok(); });
    for (auto each = first_dead; each != caller.tasks.end(); ++each) GiveBackTurn(caller);
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

void TurnQueue::GiveBackTurn(Caller& caller) {
  const Turn last = caller.turns.back();
  caller.turns.pop_back();
  turns_.erase(last);
  if (caller.last_round == last.first) --caller.last_round;
}

void TurnQueue::ForgetIdleCallers() {
  std::erase_if(callers_, [this](const auto& each) {
    return each.second.tasks.empty() && each.second.last_round <= round_;
  });
}

}  // namespace broadsheet::server
