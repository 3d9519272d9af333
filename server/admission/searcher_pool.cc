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

// Made once: an overloaded server tells it to thousands of calls a second.
absl::Status Overloaded() {
  static const absl::Status overloaded =
      schema::Error(absl::StatusCode::kResourceExhausted, "OVERLOADED",
                    "the server has as many requests waiting as it takes; try again shortly");
  return overloaded;
}

absl::Status NoIndex() {
  return schema::Error(absl::StatusCode::kUnavailable, "INDEX_UNAVAILABLE",
                       "no index is open yet; try again once one has been published");
}

// So many pauses are shorter than what waits when there is plenty of it.
constexpr int kPlenty = 3;

// To look at all tasks of a full queue takes microseconds, so it is not done for each that comes.
constexpr absl::Duration kSweepInterval = absl::Milliseconds(5);

// How many searchers of licences are open at a time for each place: each has the files of a
// generation open.
constexpr ptrdiff_t kMostLicensed = 4;

absl::Status TooLate() {
  static const absl::Status too_late =
      schema::Error(absl::StatusCode::kResourceExhausted, "OVERLOADED",
                    "the server could not have answered before the deadline; try again shortly");
  return too_late;
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
  searches_.recent = ServiceTime(options_.expected);
  searches_.places = options_.searches;
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
      if (queue.tasks.size() >= room) dead = Sweep(queue);
      const bool too_late = !CouldEndInTime(queue, task);
      if (too_late || (queue.tasks.size() >= room && queue.tasks.WouldBeLast(task.turn_name))) {
        if (too_late) reason = TooLate();
        queue.tasks.NoteRefused(task.turn_name);
        refused = std::move(task);
      } else {
        queue.tasks.Add(std::move(task));
        if (queue.tasks.size() > room) refused = queue.tasks.TakeLast();
      }
      if (refused.has_value()) ++refused_;
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

std::vector<SearcherTask> SearcherPool::Sweep(Queue& queue) {
  if (base::SteadyNow() < queue.next_sweep) return {};
  queue.next_sweep = base::SteadyIn(kSweepInterval);
  return queue.tasks.TakeDead();
}

absl::Duration SearcherPool::Backlog(const Queue& queue) {
  return queue.recent.mean() * queue.tasks.size() / static_cast<double>(queue.places);
}

bool SearcherPool::HasPlenty(const Queue& queue) const {
  return options_.pause > absl::ZeroDuration() && Backlog(queue) > kPlenty * options_.pause;
}

absl::Duration SearcherPool::Cautious(const Queue& queue) const {
  // The way of the question and of the answer are not seen here; under such a load they take as
  // long as a pause.
  const absl::Duration unseen = HasPlenty(queue) ? 2 * options_.pause : absl::ZeroDuration();
  return queue.recent.Cautious() + unseen;
}

bool SearcherPool::CouldEndInTime(const Queue& queue, const SearcherTask& task) const {
  if (queue.tasks.empty()) return true;
  const absl::Duration left = task.call.deadline - absl::Now() - Cautious(queue);
  // Mostly there is time for all that wait, so that they need not be counted.
  if (left >= Backlog(queue)) return true;
  const auto before = static_cast<double>(queue.tasks.CountBefore(task.turn_name));
  return left >= queue.recent.mean() * before / static_cast<double>(queue.places);
}

SearcherTask SearcherPool::TakeTimely(Queue& queue, std::vector<SearcherTask>& late) const {
  const absl::Time soonest_end = absl::Now() + Cautious(queue);
  const auto is_late = [&](const SearcherTask& task) { return task.call.deadline < soonest_end; };
  for (;;) {
    // Those that are late already are refused first, so that none of them waits in vain.
    const bool newest = !late.empty() && !is_late(queue.tasks.Next());
    SearcherTask task = queue.tasks.TakeNext(newest);
    // The last is tried whatever is expected of it, so that what is expected comes true again.
    if (queue.tasks.empty() || !is_late(task)) return task;
    late.push_back(std::move(task));
  }
}

void SearcherPool::FillTurn(Turn& turn, Queue& queue, Places& places) const {
  turn.task = TakeTimely(queue, turn.late);
  turn.searchers = std::move(places.back());
  turn.home = &places;
  turn.queue = &queue;
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
  if (turn.took.has_value()) turn.queue->recent.Add(*turn.took);
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

bool SearcherPool::HasPlenty() const {
  base::MutexLock lock(mutex_);
  return HasPlenty(searches_);
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
