// SPDX-License-Identifier: GPL-3.0-or-later
// How many searches run at a time, each with searchers of its own (threads cannot share Xapian's
// handles), and which calls wait for them, in a queue of bounded length.
//
//   SearcherPool pool(index, {.searches = 2, .max_queued = 128});
//   pool.Submit({.caller = caller,
//                .call = control,
//                .run = [](absl::StatusOr<Searchers*> searchers) { ... }});
//   pool.RunQueued();   // runs it here, unless two searches run already
//
// It has no threads: whoever submits runs what may run, so that no call changes its thread unless
// it has to wait.
//
// Under overload it answers as many in time as it can. Callers take turns (turn_queue.h). A task
// that would end after its deadline, by what tasks took of late, is refused (OVERLOADED) as soon as
// that is known: when it comes and so many have their turns before it, or when its turn has come.
// Where tasks were late at their turn, the newest of the round comes next, since what has waited
// for long is most likely late. When the queue is full, the last of whoever has asked for the most
// is refused at once. A task that nothing waits beside is never refused.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "engine/base/mutex.h"
#include "engine/base/steady_time.h"
#include "engine/query/searcher.h"
#include "server/admission/searcher_task.h"
#include "server/admission/service_time.h"
#include "server/admission/turn_queue.h"
#include "server/figures/histogram.h"
#include "server/generations/served_index.h"

namespace broadsheet::server {

struct SearcherPoolOptions {
  // How many searches run at a time. More than cores only add waiting. One light task may run
  // besides.
  size_t searches = 1;
  // How many more may wait, and how many light tasks besides. A larger value turns refusals into
  // waiting, up to the calls' deadlines.
  size_t max_queued = 128;
  // How long a search is expected to take before any has run.
  absl::Duration expected = absl::ZeroDuration();
  // How long whoever submits tasks may leave new ones where they are while HasPlenty(). Of the
  // deadlines of these so much has passed unseen.
  absl::Duration pause = absl::ZeroDuration();
};

// The searchers of one task at a time, one for each generation that is held. Not thread-safe.
class Searchers {
 public:
  // `index` outlives this.
  explicit Searchers(const ServedIndex& index) : index_(index) {}

  // The searcher over the generation to answer from (ServedIndex::Choose; empty = the current one),
  // which tells of what the task's caller is licensed for; valid during the task. UNAVAILABLE
  // (INDEX_UNAVAILABLE) when no index is open, DATA_LOSS when its base was found damaged, or the
  // error of opening the searcher.
  absl::StatusOr<query::Searcher*> Over(const std::string& build_id);
  // Whether the task's caller may be told of all articles.
  bool tells_all() const { return licence_ == nullptr; }
  // Closes all: for when nobody knows in which state they are.
  void Forget() { entries_.clear(); }

 private:
  friend class SearcherPool;
  struct Entry {
    std::shared_ptr<const ServedGeneration> generation;
    std::shared_ptr<const query::Licence> licence;
    std::unique_ptr<query::Searcher> searcher;
  };
  query::Searcher* FindOpen(const ServedGeneration* generation);
  // Closes the licensed searcher that was asked for least recently where there are too many.
  void DropSurplus();
  // Takes out the searchers of generations that the index no longer holds.
  std::vector<Entry> TakeRetired();

  const ServedIndex& index_;
  // Of the caller whose task has them; null = for all articles.
  std::shared_ptr<const query::Licence> licence_;
  // The one asked for last behind the others. They are few: two generations at most are held at a
  // time.
  std::vector<Entry> entries_;
  // The last change of the index that this has followed.
  uint64_t retirements_ = 0;
};

// Safe from any thread.
class SearcherPool {
 public:
  struct Figures {
    size_t waiting = 0;
    size_t running = 0;
    uint64_t refused = 0;  // at once: the queue was full, or too long for their deadlines
    uint64_t late = 0;     // it was too late for them when their turn came
  };

  // `index` outlives this.
  SearcherPool(const ServedIndex& index, SearcherPoolOptions options);
  // As Stop().
  ~SearcherPool();
  SearcherPool(const SearcherPool&) = delete;
  SearcherPool& operator=(const SearcherPool&) = delete;

  // Never blocks. The task's `run` gets, instead of searchers: RESOURCE_EXHAUSTED (OVERLOADED)
  // when the queue is full of calls whose callers still wait, or when the task could not end in
  // time, UNAVAILABLE (INDEX_UNAVAILABLE) when the pool drains, DEADLINE_EXCEEDED or CANCELLED when
  // it was too late to begin the task. A thread that submits calls RunQueued soon after.
  void Submit(SearcherTask task) ABSL_LOCKS_EXCLUDED(mutex_);

  Figures figures() const ABSL_LOCKS_EXCLUDED(mutex_);
  // Whether what waits takes longer than some pauses, so that there is no hurry to submit more.
  bool HasPlenty() const ABSL_LOCKS_EXCLUDED(mutex_);
  // How long tasks waited for their turn.
  const Histogram& waits() const { return waits_; }

  // Runs tasks on this thread for as long as one waits that may run: fewer run than may, or it is
  // light and no light one has the place that is kept for them.
  void RunQueued() ABSL_LOCKS_EXCLUDED(mutex_);

  // Closes the searchers of generations that the index no longer holds, so that their files are
  // closed: at once where no task uses them, else after the task.
  void DropRetired() ABSL_LOCKS_EXCLUDED(mutex_);

  // Refuses new tasks from now on and waits until those already admitted have ended. False when
  // some had not by `deadline`.
  bool Drain(absl::Time deadline) ABSL_LOCKS_EXCLUDED(mutex_);

  // Refuses new tasks, ends the queued ones with UNAVAILABLE, and waits for the running ones, which
  // end when their CallControl stops them. May be called again.
  void Stop() ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  // What waits, how many of it run at a time, and how long such tasks take.
  struct Queue {
    TurnQueue tasks;
    size_t places = 1;
    ServiceTime recent;
    // When to look again for tasks that nobody waits for.
    base::SteadyTime next_sweep;
  };
  // Searchers that no task has; the last used is taken first, since its data is in the caches.
  using Places = std::vector<std::unique_ptr<Searchers>>;

  // A task, the searchers that it runs with, and where these go back to.
  struct Turn {
    SearcherTask task;
    std::unique_ptr<Searchers> searchers;
    Places* home = nullptr;
    Queue* queue = nullptr;
    // Those that were too late to begin when they were looked at before `task`.
    std::vector<SearcherTask> late;
    // Absent unless it ran.
    std::optional<absl::Duration> took;
  };

  // False when nothing may run; there may be late tasks all the same.
  bool Take(Turn& turn) ABSL_LOCKS_EXCLUDED(mutex_);
  void FillTurn(Turn& turn, Queue& queue, Places& places) const;
  SearcherTask TakeTimely(Queue& queue, std::vector<SearcherTask>& late) const;
  bool CouldEndInTime(const Queue& queue, const SearcherTask& task) const;
  static std::vector<SearcherTask> Sweep(Queue& queue);
  // How long all that waits will take, and a task at most that begins now, until its caller has the
  // answer.
  static absl::Duration Backlog(const Queue& queue);
  absl::Duration Cautious(const Queue& queue) const;
  bool HasPlenty(const Queue& queue) const;
  void EndLate(std::vector<SearcherTask> late);
  void Run(Turn& turn);
  void PutBack(Turn& turn) ABSL_LOCKS_EXCLUDED(mutex_);
  bool IsIdle() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const SearcherPoolOptions options_;
  Histogram waits_;
  std::atomic<uint64_t> late_ = 0;

  mutable base::Mutex mutex_;
  base::CondVar idle_;
  Queue searches_ ABSL_GUARDED_BY(mutex_);
  Queue light_ ABSL_GUARDED_BY(mutex_);
  Places free_ ABSL_GUARDED_BY(mutex_);
  Places free_for_light_ ABSL_GUARDED_BY(mutex_);
  size_t running_ ABSL_GUARDED_BY(mutex_) = 0;
  uint64_t refused_ ABSL_GUARDED_BY(mutex_) = 0;
  // Counts calls of DropRetired.
  uint64_t retirements_ ABSL_GUARDED_BY(mutex_) = 0;
  bool draining_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace broadsheet::server
