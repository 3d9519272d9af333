// SPDX-License-Identifier: GPL-3.0-or-later
// Where searches run: a fixed number of threads, each with searchers of its own (Xapian's handles
// are not shared between threads), behind a queue of bounded length.
//
//   SearcherPool pool(index, {.threads = 2, .max_queued = 128});
//   pool.Submit({.call = control, .build_id = "", .run = [](auto searcher, auto) { ... }});
//
// Overload is answered at once, by OVERLOADED, rather than by a queue that grows until every call
// misses its deadline.
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
  // How many searches run at a time. More than the machine has cores only adds waiting.
  size_t threads = 1;
  // How many more may wait. Raising it turns refusals into waiting, up to their deadlines.
  size_t max_queued = 128;
};

// One piece of work.
struct SearcherTask {
  // Looked at before the work begins; what begins late or cancelled would be done for nobody.
  base::CallControl call;
  // The generation to answer from (ServedIndex::Choose); empty = the current one.
  std::string build_id;
  // Called exactly once: with a searcher, which is valid during the call, on a searcher thread; or
  // with the reason why there is none, on any thread, Submit's own included. Does not throw.
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
  // when the queue is full of calls that still have someone waiting, UNAVAILABLE
  // (INDEX_UNAVAILABLE) when no index is open or the pool drains, DEADLINE_EXCEEDED or CANCELLED
  // when it was too late to begin, or the error of opening the searcher.
  void Submit(SearcherTask task) ABSL_LOCKS_EXCLUDED(mutex_);

  // Has every thread let go of searchers of generations that `index` no longer holds, idle threads
  // too, so that their files are closed.
  void DropRetired() ABSL_LOCKS_EXCLUDED(mutex_);

  // Refuses new tasks from now on and waits until those already admitted have ended. False when
  // that was not so by `deadline`.
  bool Drain(absl::Time deadline) ABSL_LOCKS_EXCLUDED(mutex_);

  // Refuses new tasks, ends the queued ones with UNAVAILABLE, and waits for the running ones: they
  // end when their CallControl says so. May be called again.
  void Stop() ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  // The searchers of one thread, and which change of the index they have followed.
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
