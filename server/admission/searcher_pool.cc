// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/admission/searcher_pool.h"

#include <algorithm>
#include <iterator>
#include <optional>
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

absl::Status TooLate() {
  return schema::Error(absl::StatusCode::kResourceExhausted, "OVERLOADED",
                       "the server could not have answered before the deadline; try again shortly");
}

// One task in eight changes what is expected of the next: enough to follow a change of load, and
// too little for one slow query to turn others away.
constexpr int kSmoothing = 8;

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
  searches_.recent = options_.expected;
  for (size_t i = 0; i < options_.searches; ++i) {
    free_.push_back(std::make_unique<Searchers>(index));
  }
  free_for_light_.push_back(std::make_unique<Searchers>(index));
}

SearcherPool::~SearcherPool() { Stop(); }

void SearcherPool::Submit(SearcherTask task) {
  task.submitted = base::SteadyNow();
  std::vector<SearcherTask> dead;
  std::optional<SearcherTask> refused;
  absl::Status reason = Overloaded();
  {
    base::MutexLock lock(mutex_);
    Queue& queue = task.light ? light_ : searches_;
    // What may run at once does not count as waiting.
    const size_t room = options_.max_queued + (task.light ? free_for_light_ : free_).size();
    if (draining_) {
      reason = ShuttingDown();
      refused = std::move(task);
    } else {
      if (queue.tasks.size() >= room) dead = queue.tasks.TakeDead();
      queue.tasks.Add(std::move(task));
      if (queue.tasks.size() > room) {
        ++refused_;
        refused = queue.tasks.TakeLast();
      }
    }
  }
  EndLate(std::move(dead));
  if (refused.has_value()) refused->run(std::move(reason));
}

void SearcherPool::EndLate(std::vector<SearcherTask> late) {
  late_.fetch_add(late.size(), std::memory_order_relaxed);
  for (SearcherTask& task : late) {
    const absl::Status gone = task.call.Check();
    task.run(gone.ok() ? TooLate() : gone);
  }
}

void SearcherPool::RunQueued() {
  for (;;) {
    Turn turn;
    const bool taken = Take(turn);
    EndLate(std::move(turn.late));
    if (!taken) return;
    Run(turn);
    // Before the task counts as ended: what it holds belongs to a call that is over.
    turn.task = {};
    PutBack(turn);
  }
}

bool SearcherPool::Take(Turn& turn) {
  base::MutexLock lock(mutex_);
  if (!light_.tasks.empty() && !free_for_light_.empty()) {
    FillTurn(turn, light_, free_for_light_);
  } else if (!searches_.tasks.empty() && !free_.empty()) {
    FillTurn(turn, searches_, free_);
  } else if (!light_.tasks.empty() && !free_.empty()) {
    FillTurn(turn, light_, free_);
  } else {
    return false;
  }
  ++running_;
  return true;
}

SearcherTask SearcherPool::TakeTimely(Queue& queue, std::vector<SearcherTask>& late) {
  const absl::Time soonest_end = absl::Now() + queue.recent;
  for (;;) {
    SearcherTask task = queue.tasks.TakeNext(queue.pressed);
    // The last is tried whatever is expected of it, so that what is expected comes true again.
    const bool is_last = queue.tasks.empty();
    if (is_last) queue.pressed = false;
    if (is_last || task.call.deadline >= soonest_end) return task;
    queue.pressed = true;
    late.push_back(std::move(task));
  }
}

void SearcherPool::FillTurn(Turn& turn, Queue& queue, Places& places) {
  turn.task = TakeTimely(queue, turn.late);
  turn.searchers = std::move(places.back());
  turn.home = &places;
  turn.queue = &queue;
  // Unless it runs, it says nothing about how long tasks take.
  turn.took = queue.recent;
  places.pop_back();
}

void SearcherPool::Run(Turn& turn) {
  waits_.Observe(absl::FromChrono(base::SteadyNow() - turn.task.submitted));
  if (absl::Status late = turn.task.call.Check(); !late.ok()) {
    late_.fetch_add(1, std::memory_order_relaxed);
    return turn.task.run(std::move(late));
  }
  turn.searchers->licence_ = turn.task.caller->licence;
  const base::SteadyTime begun = base::SteadyNow();
  turn.task.run(turn.searchers.get());
  turn.took = absl::FromChrono(base::SteadyNow() - begun);
}

void SearcherPool::PutBack(Turn& turn) {
  // Closed last of all: that takes time, and Submit takes the lock.
  std::vector<Searchers::Entry> retired;
  base::MutexLock lock(mutex_);
  if (std::exchange(turn.searchers->retirements_, retirements_) != retirements_) {
    retired = turn.searchers->TakeRetired();
  }
  turn.home->push_back(std::move(turn.searchers));
  turn.queue->recent += (turn.took - turn.queue->recent) / kSmoothing;
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
  return {.waiting = searches_.tasks.size() + light_.tasks.size(),
          .running = running_,
          .refused = refused_,
          .late = late_.load(std::memory_order_relaxed)};
}

bool SearcherPool::IsIdle() const {
  return running_ == 0 && searches_.tasks.empty() && light_.tasks.empty();
}

bool SearcherPool::Drain(absl::Time deadline) {
  base::MutexLock lock(mutex_);
  draining_ = true;
  while (!IsIdle() && absl::Now() < deadline) idle_.WaitUntil(mutex_, deadline);
  return IsIdle();
}

void SearcherPool::Stop() {
  std::vector<SearcherTask> unstarted;
  {
    base::MutexLock lock(mutex_);
    draining_ = true;
    for (Queue* queue : {&searches_, &light_}) {
      for (SearcherTask& task : queue->tasks.TakeAll()) unstarted.push_back(std::move(task));
    }
  }
  for (SearcherTask& task : unstarted) task.run(ShuttingDown());
  base::MutexLock lock(mutex_);
  while (running_ > 0) idle_.Wait(mutex_);
}

}  // namespace broadsheet::server
