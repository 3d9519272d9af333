// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/admission/searcher_pool.h"

#include <algorithm>
#include <utility>

#include "engine/schema/error.h"
#include "server/base/refusal.h"

namespace broadsheet::server {
namespace {

absl::Status Overloaded() {
  return schema::Error(absl::StatusCode::kResourceExhausted, "OVERLOADED",
                       "the server has as many requests waiting as it takes; try again shortly");
}

absl::Status NoIndex() {
  return schema::Error(absl::StatusCode::kUnavailable, "INDEX_UNAVAILABLE",
                       "no index is open yet; try again once one has been published");
}

}  // namespace

// Two generations at most are held at a time, so a list is searched quickest.
struct SearcherPool::ThreadState {
  struct Entry {
    std::shared_ptr<const ServedGeneration> generation;
    std::unique_ptr<query::Searcher> searcher;
  };
  std::vector<Entry> entries;
  uint64_t retirements = 0;

  absl::StatusOr<query::Searcher*> Get(std::shared_ptr<const ServedGeneration> generation) {
    for (const Entry& entry : entries) {
      if (entry.generation == generation) return entry.searcher.get();
    }
    absl::StatusOr<std::unique_ptr<query::Searcher>> opened = generation->open_searcher();
    if (!opened.ok()) return opened.status();
    entries.push_back({std::move(generation), *std::move(opened)});
    return entries.back().searcher.get();
  }

  void DropRetired(const ServedIndex& index) {
    std::erase_if(entries,
                  [&](const Entry& entry) { return !index.Holds(entry.generation.get()); });
  }
};

SearcherPool::SearcherPool(const ServedIndex& index, SearcherPoolOptions options)
    : index_(index), options_(options) {
  threads_.reserve(options_.threads);
  for (size_t i = 0; i < options_.threads; ++i) threads_.emplace_back([this] { Work(); });
}

SearcherPool::~SearcherPool() { Stop(); }

void SearcherPool::Submit(SearcherTask task) {
  absl::Status refused;
  std::vector<SearcherTask> dead;
  {
    base::MutexLock lock(mutex_);
    if (draining_) {
      refused = ShuttingDown();
    } else {
      if (queue_.size() >= options_.max_queued) dead = TakeDead();
      if (queue_.size() >= options_.max_queued) {
        refused = Overloaded();
      } else {
        queue_.push_back(std::move(task));
        work_.NotifyOne();
      }
    }
  }
  for (SearcherTask& late : dead) {
    late.run(absl::DeadlineExceededError("nobody waits for this call any more"));
  }
  if (!refused.ok()) task.run(std::move(refused));
}

std::vector<SearcherTask> SearcherPool::TakeDead() {
  const auto dead = std::stable_partition(
      queue_.begin(), queue_.end(), [](SearcherTask& task) { return task.call.Check().ok(); });
  std::vector<SearcherTask> taken(std::make_move_iterator(dead),
                                  std::make_move_iterator(queue_.end()));
  queue_.erase(dead, queue_.end());
  return taken;
}

void SearcherPool::Work() {
  ThreadState state;
  SearcherTask task;
  while (Next(state, task)) {
    Run(state, task);
    // Before the task counts as ended: what it holds belongs to a call that is over.
    task.run = nullptr;
    task.call.cancelled = nullptr;
    NoteEnd();
  }
}

bool SearcherPool::Next(ThreadState& state, SearcherTask& task) {
  for (;;) {
    bool retired = false;
    {
      base::MutexLock lock(mutex_);
      while (queue_.empty() && !stopping_ && state.retirements == retirements_) work_.Wait(mutex_);
      retired = state.retirements != retirements_;
      state.retirements = retirements_;
      if (!retired) {
        if (queue_.empty() || stopping_) return false;
        task = std::move(queue_.front());
        queue_.pop_front();
        ++running_;
        return true;
      }
    }
    // Closing files takes time: not under the lock that Submit takes.
    state.DropRetired(index_);
  }
}

void SearcherPool::Run(ThreadState& state, SearcherTask& task) {
  if (absl::Status late = task.call.Check(); !late.ok()) return task.run(std::move(late));
  std::shared_ptr<const ServedGeneration> generation = index_.Choose(task.build_id);
  if (generation == nullptr) return task.run(NoIndex());
  if (absl::Status damage = index_.Damage(generation.get()); !damage.ok()) {
    return task.run(std::move(damage));
  }
  task.run(state.Get(std::move(generation)));
}

void SearcherPool::NoteEnd() {
  base::MutexLock lock(mutex_);
  --running_;
  if (running_ == 0 && queue_.empty()) idle_.NotifyAll();
}

void SearcherPool::DropRetired() {
  base::MutexLock lock(mutex_);
  ++retirements_;
  work_.NotifyAll();
}

bool SearcherPool::Drain(absl::Time deadline) {
  base::MutexLock lock(mutex_);
  draining_ = true;
  while ((running_ > 0 || !queue_.empty()) && absl::Now() < deadline) {
    idle_.WaitUntil(mutex_, deadline);
  }
  return running_ == 0 && queue_.empty();
}

void SearcherPool::Stop() {
  std::deque<SearcherTask> unstarted;
  {
    base::MutexLock lock(mutex_);
    draining_ = true;
    stopping_ = true;
    unstarted.swap(queue_);
    work_.NotifyAll();
  }
  for (SearcherTask& task : unstarted) task.run(ShuttingDown());
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
  threads_.clear();
}

}  // namespace broadsheet::server
