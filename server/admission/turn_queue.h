// SPDX-License-Identifier: GPL-3.0-or-later
// The tasks that wait, and whose turn is next: callers take turns, so that one who asks for much
// waits for itself and not in front of the others.
//
// Turns come in rounds. A caller has one turn in each round for each of its tasks, beginning with
// the round that is under way, unless it has had its turn there. What it was refused counts as a
// turn, too: who asks again at once waits behind those who ask seldom.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "server/admission/searcher_task.h"

namespace broadsheet::server {

// Not thread-safe. All operations take logarithmic time, but CountBefore and TakeDead, which take
// linear time.
class TurnQueue {
 public:
  size_t size() const { return turns_.size(); }
  bool empty() const { return turns_.empty(); }

  void Add(SearcherTask task);

  // How many turns come before the one that the next task of this caller would have, and whether
  // none would come after it.
  size_t CountBefore(const std::string& turn_name) const;
  bool WouldBeLast(const std::string& turn_name) const;
  // A task of this caller was refused instead of being added.
  void NoteRefused(const std::string& turn_name);

  // What TakeNext(false) would take. Not when empty.
  const SearcherTask& Next() const { return turns_.begin()->second->tasks.front(); }

  // The oldest task of the caller whose turn it is; or, of the callers in this round, the newest
  // task of the one who came last. Not when empty.
  SearcherTask TakeNext(bool newest);

  // The newest task of the last turn, which is of a caller who has asked for the most. Not when
  // empty.
  SearcherTask TakeLast();

  // Those whose callers do not wait any more.
  std::vector<SearcherTask> TakeDead();

  std::vector<SearcherTask> TakeAll();

 private:
  // The round, and a number that grows with each task.
  using Turn = std::pair<uint64_t, uint64_t>;
  // As many turns as tasks, both in order.
  struct Caller {
    std::deque<Turn> turns;
    std::deque<SearcherTask> tasks;
    // The last round in which it had a turn, has one, or was refused one.
    uint64_t last_round = 0;
  };

  uint64_t NextRoundOf(const std::string& turn_name) const;
  uint64_t RoundAfter(uint64_t last_round) const;
  // The caller will not have its last turn.
  void RefuseLastTurn(Caller& caller);
  void LimitDebt(Caller& caller) const;
  void ForgetIdleCallers();

  // By name. Those without a task may be forgotten.
  std::unordered_map<std::string, Caller> callers_;
  std::map<Turn, Caller*> turns_;
  uint64_t added_ = 0;
  // That of the turn which was taken last.
  uint64_t round_ = 0;
};

}  // namespace broadsheet::server
