// SPDX-License-Identifier: GPL-3.0-or-later
// Runs searches on a fixed number of threads, each with searchers of its own (threads cannot share
// Xapian's handles), behind a queue of bounded length.
//
//   SearcherPool pool(index, {.threads = 2, .max_queued = 128});
//   pool.Submit({.call = control, .build_id = "", .run = [](auto searcher, auto) { ... }});
//
// Under overload it refuses calls at once (OVERLOADED), instead of letting the queue grow until
// every call misses its deadline.
#pragma once

#include <cstddef>
#include <deque>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "engine/base/mutex.h"
#include "engine/query/searcher.h"
#include "server/generations/served_index.h"

namespace broadsheet::server {

struct SearcherPoolOptions {
  // How many searches run at a time. More threads than cores only add waiting.
  size_t threads = 1;
  // How many more may wait. A larger value turns refusals into waiting, up to the calls' deadlines.
  size_t max_queued = 128;
};

// One piece of work.
struct SearcherTask {
  // Checked before the work begins, so that no work is done for a call that is late or cancelled.
  base::CallControl call;
  // The generation to answer from (ServedIndex::Choose); empty = the current one.
  std::string build_id;
  // Called exactly once: on a searcher thread with a searcher, which is valid during the call; or,
  // on any thread, also that of Submit, with the reason why there is none. Must not throw.
  absl::AnyInvocable<void(absl::StatusOr<query::Searcher*>)> run;
};

// Safe from any thread. Owns its threads and their searchers.
class SearcherPool {
 public:
  // `index` outlives this.
  SearcherPool(const ServedIndex& index, SearcherPoolOptions options);
  // As Stop().
  ~SearcherPool();
  SearcherPool(const SearcherPool&) = delete;
  SearcherPool& operator=(const SearcherPool&) = delete;

  // Never blocks. The task's `run` gets, instead of a searcher: RESOURCE_EXHAUSTED (OVERLOADED)
  // when the queue is full of calls whose callers still wait, UNAVAILABLE (INDEX_UNAVAILABLE) when
  // no index is open or the pool drains, DEADLINE_EXCEEDED or CANCELLED when it was too late to
  // begin the task, or the error of opening the searcher.
  void Submit(SearcherTask task) ABSL_LOCKS_EXCLUDED(mutex_);

  // Makes every thread, also an idle one, close its searchers of generations that `index` no longer
  // holds, so that their files are closed.
  void DropRetired() ABSL_LOCKS_EXCLUDED(mutex_);

  // Refuses new tasks from now on and waits until those already admitted have ended. False when
  // some had not by `deadline`.
  bool Drain(absl::Time deadline) ABSL_LOCKS_EXCLUDED(mutex_);

  // Refuses new tasks, ends the queued ones with UNAVAILABLE, and waits for the running ones, which
  // end when their CallControl stops them. May be called again.
  void Stop() ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  // The searchers of one thread, and the last change of the index that they have followed.
  struct ThreadState;

  void Work();
  bool Next(ThreadState& state, SearcherTask& task) ABSL_LOCKS_EXCLUDED(mutex_);
  void Run(ThreadState& state, SearcherTask& task);
  void NoteEnd() ABSL_LOCKS_EXCLUDED(mutex_);
  std::vector<SearcherTask> TakeDead() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const ServedIndex& index_;
  const SearcherPoolOptions options_;

  base::Mutex mutex_;
  base::CondVar work_;
  base::CondVar idle_;
  std::deque<SearcherTask> queue_ ABSL_GUARDED_BY(mutex_);
  size_t running_ ABSL_GUARDED_BY(mutex_) = 0;
  // Counts calls of DropRetired.
  uint64_t retirements_ ABSL_GUARDED_BY(mutex_) = 0;
  bool draining_ ABSL_GUARDED_BY(mutex_) = false;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::vector<std::thread> threads_;
};

}  // namespace broadsheet::server
