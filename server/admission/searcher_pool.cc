// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/admission/searcher_pool.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/time/clock.h"
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

// How many searchers of licences are open at a time for each place: each has the files of a
// generation open.
constexpr ptrdiff_t kMostLicensed = 4;

// Takes out the tasks whose callers do not wait any more.
std::vector<SearcherTask> TakeDead(std::deque<SearcherTask>& queue) {
  const auto dead = std::stable_partition(
      queue.begin(), queue.end(), [](SearcherTask& task) { return task.call.Check().ok(); });
  std::vector<SearcherTask> taken(std::make_move_iterator(dead),
                                  std::make_move_iterator(queue.end()));
  queue.erase(dead, queue.end());
  return taken;
}

}  // namespace

absl::StatusOr<query::Searcher*> Searchers::Over(const std::string& build_id) {
  std::shared_ptr<const ServedGeneration> generation = index_.Choose(build_id);
  if (generation == nullptr) return NoIndex();
  if (absl::Status damage = index_.Damage(generation.get()); !damage.ok()) return damage;
  if (query::Searcher* open = FindOpen(generation.get()); open != nullptr) return open;
  absl::StatusOr<std::unique_ptr<query::Searcher>> opened = generation->open_searcher(licence_);
  if (!opened.ok()) return opened.status();
  DropSurplus();
  entries_.push_back({std::move(generation), licence_, *std::move(opened)});
  return entries_.back().searcher.get();
}

query::Searcher* Searchers::FindOpen(const ServedGeneration* generation) {
  const auto found = std::find_if(entries_.begin(), entries_.end(), [&](const Entry& entry) {
    return entry.generation.get() == generation && entry.licence == licence_;
  });
  if (found == entries_.end()) return nullptr;
  std::rotate(found, found + 1, entries_.end());
  return entries_.back().searcher.get();
}

void Searchers::DropSurplus() {
  const auto is_licensed = [](const Entry& entry) { return entry.licence != nullptr; };
  if (std::count_if(entries_.begin(), entries_.end(), is_licensed) < kMostLicensed) return;
  entries_.erase(std::find_if(entries_.begin(), entries_.end(), is_licensed));
}

std::vector<Searchers::Entry> Searchers::TakeRetired() {
  const auto retired = std::partition(entries_.begin(), entries_.end(), [&](const Entry& entry) {
    return index_.Holds(entry.generation.get());
  });
  std::vector<Entry> taken(std::make_move_iterator(retired),
                           std::make_move_iterator(entries_.end()));
  entries_.erase(retired, entries_.end());
  return taken;
}

SearcherPool::SearcherPool(const ServedIndex& index, SearcherPoolOptions options)
    : options_(options) {
  for (size_t i = 0; i < options_.searches; ++i) {
    free_.push_back(std::make_unique<Searchers>(index));
  }
  free_for_light_.push_back(std::make_unique<Searchers>(index));
}

SearcherPool::~SearcherPool() { Stop(); }

void SearcherPool::Submit(SearcherTask task) {
  task.submitted = base::SteadyNow();
  absl::Status refused;
  std::vector<SearcherTask> dead;
  {
    base::MutexLock lock(mutex_);
    Queue& queue = task.light ? light_ : searches_;
    if (draining_) {
      refused = ShuttingDown();
    } else {
      // What may run at once does not count as waiting.
      const size_t room = options_.max_queued + (task.light ? free_for_light_ : free_).size();
      if (queue.size() >= room) dead = TakeDead(queue);
      if (queue.size() >= room) {
        ++refused_;
        refused = Overloaded();
      } else {
        queue.push_back(std::move(task));
      }
    }
  }
  late_.fetch_add(dead.size(), std::memory_order_relaxed);
  for (SearcherTask& late : dead) {
    late.run(absl::DeadlineExceededError("nobody waits for this call any more"));
  }
  if (!refused.ok()) task.run(std::move(refused));
}

void SearcherPool::RunQueued() {
  Turn turn;
  while (Take(turn)) {
    Run(turn);
    // Before the task counts as ended: what it holds belongs to a call that is over.
    turn.task = {};
    PutBack(turn);
  }
}

bool SearcherPool::Take(Turn& turn) {
  base::MutexLock lock(mutex_);
  if (!light_.empty() && !free_for_light_.empty()) {
    turn = MakeTurn(light_, free_for_light_);
  } else if (!searches_.empty() && !free_.empty()) {
    turn = MakeTurn(searches_, free_);
  } else if (!light_.empty() && !free_.empty()) {
    turn = MakeTurn(light_, free_);
  } else {
    return false;
  }
  ++running_;
  return true;
}

SearcherPool::Turn SearcherPool::MakeTurn(Queue& queue, Places& places) {
  Turn turn{
      .task = std::move(queue.front()), .searchers = std::move(places.back()), .home = &places};
  queue.pop_front();
  places.pop_back();
  return turn;
}

void SearcherPool::Run(Turn& turn) {
  waits_.Observe(absl::FromChrono(base::SteadyNow() - turn.task.submitted));
  if (absl::Status late = turn.task.call.Check(); !late.ok()) {
    late_.fetch_add(1, std::memory_order_relaxed);
    return turn.task.run(std::move(late));
  }
  turn.searchers->licence_ = turn.task.caller->licence;
  turn.task.run(turn.searchers.get());
}

void SearcherPool::PutBack(Turn& turn) {
  // Closed last of all: that takes time, and Submit takes the lock.
  std::vector<Searchers::Entry> retired;
  base::MutexLock lock(mutex_);
  if (std::exchange(turn.searchers->retirements_, retirements_) != retirements_) {
    retired = turn.searchers->TakeRetired();
  }
  turn.home->push_back(std::move(turn.searchers));
  --running_;
  if (IsIdle()) idle_.NotifyAll();
}

void SearcherPool::DropRetired() {
  std::vector<std::vector<Searchers::Entry>> retired;
  base::MutexLock lock(mutex_);
  ++retirements_;
  for (Places* places : {&free_, &free_for_light_}) {
    for (const std::unique_ptr<Searchers>& searchers : *places) {
      retired.push_back(searchers->TakeRetired());
      searchers->retirements_ = retirements_;
    }
  }
}

SearcherPool::Figures SearcherPool::figures() const {
  base::MutexLock lock(mutex_);
  return {.waiting = searches_.size() + light_.size(),
          .running = running_,
          .refused = refused_,
          .late = late_.load(std::memory_order_relaxed)};
}

bool SearcherPool::IsIdle() const { return running_ == 0 && searches_.empty() && light_.empty(); }

bool SearcherPool::Drain(absl::Time deadline) {
  base::MutexLock lock(mutex_);
  draining_ = true;
  while (!IsIdle() && absl::Now() < deadline) idle_.WaitUntil(mutex_, deadline);
  return IsIdle();
}

void SearcherPool::Stop() {
  Queue unstarted[2];
  {
    base::MutexLock lock(mutex_);
    draining_ = true;
    unstarted[0].swap(searches_);
    unstarted[1].swap(light_);
  }
  for (Queue& queue : unstarted) {
    for (SearcherTask& task : queue) task.run(ShuttingDown());
  }
  base::MutexLock lock(mutex_);
  while (running_ > 0) idle_.Wait(mutex_);
}

}  // namespace broadsheet::server
