// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/generations/write_queue.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "engine/schema/error.h"
#include "server/base/refusal.h"

namespace broadsheet::server {
namespace {

constexpr int kMaxRestFactor = 64;

absl::Status QueueFull() {
  return schema::Error(absl::StatusCode::kResourceExhausted, "OVERLOADED",
                       "the server has as many writes waiting as it takes; try again shortly");
}

size_t ArticleBytes(const WriteTask& task) {
  size_t bytes = 0;
  for (const indexing::LiveWrite& write : task.writes) bytes += write.article.ByteSizeLong();
  return bytes;
}

}  // namespace

WriteQueue::WriteQueue(std::unique_ptr<indexing::LiveWriter> writer, WriteQueueOptions options,
                       Logger& logger)
    : writer_(std::move(writer)),
      options_(std::move(options)),
      failed_(options_.index, logger),
      thread_([this] { Work(); }) {}

WriteQueue::~WriteQueue() { Stop(); }

void WriteQueue::Submit(WriteTask task) {
  const size_t bytes = ArticleBytes(task);
  absl::Status refused;
  {
    base::MutexLock lock(mutex_);
    if (draining_) {
      refused = ShuttingDown();
    } else if (writes_ > 0 && (writes_ + task.writes.size() > options_.max_writes ||
                               bytes_ + bytes > options_.max_bytes)) {
      ++refused_;
      refused = QueueFull();
    } else {
      writes_ += task.writes.size();
      queued_writes_ += task.writes.size();
      bytes_ += bytes;
      queue_.push_back(std::move(task));
      work_.NotifyOne();
    }
  }
  if (!refused.ok()) task.done(std::move(refused));
}

absl::Status WriteQueue::RunBetweenGroups(
    absl::FunctionRef<void(std::unique_ptr<indexing::LiveWriter>&)> work) {
  Between between{.work = work};
  base::MutexLock lock(mutex_);
  if (draining_) return ShuttingDown();
  between_.push_back(&between);
  work_.NotifyOne();
  while (between.state == Between::State::kWaiting) between_ended_.Wait(mutex_);
  return between.state == Between::State::kRan ? absl::OkStatus() : ShuttingDown();
}

void WriteQueue::SlowDown() {
  base::MutexLock lock(mutex_);
  rest_factor_ = std::clamp(2 * rest_factor_, 2, kMaxRestFactor);
}

void WriteQueue::SpeedUp() {
  base::MutexLock lock(mutex_);
  rest_factor_ = 0;
  rest_until_ = base::SteadyTime();
  work_.NotifyOne();
}

void WriteQueue::Work() {
  std::vector<WriteTask> group;
  Between* between = nullptr;
  while (Next(group, between)) {
    if (between != nullptr) {
      between->work(writer_);
    } else {
      Write(group);
    }
    group.clear();
    NoteEnd(between);
  }
}

bool WriteQueue::Next(std::vector<WriteTask>& group, Between*& between) {
  base::MutexLock lock(mutex_);
  between = nullptr;
  while (queue_.empty() && between_.empty() && !stopping_) work_.Wait(mutex_);
  while (between_.empty() && !draining_) {
    const bool full = queued_writes_ >= options_.max_group;
    const base::SteadyTime due =
        std::max(rest_until_, full ? base::SteadyTime()
                                   : last_commit_ + absl::ToChronoNanoseconds(options_.max_wait));
    if (base::SteadyNow() >= due) break;
    work_.WaitUntil(mutex_, due);
  }
  if (stopping_) return false;
  busy_ = true;
  if (!between_.empty()) {
    between = between_.front();
    between_.pop_front();
    return true;
  }
  TakeGroup(group);
  return true;
}

void WriteQueue::TakeGroup(std::vector<WriteTask>& group) {
  const size_t limit = options_.max_group / static_cast<size_t>(std::max(rest_factor_, 1));
  size_t taken = 0;
  while (!queue_.empty() && (taken == 0 || taken < limit)) {
    taken += queue_.front().writes.size();
    group.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
  queued_writes_ -= taken;
}

void WriteQueue::Write(std::vector<WriteTask>& group) {
  const base::SteadyTime begin = base::SteadyNow();
  size_t writes = 0;
  size_t bytes = 0;
  std::vector<indexing::LiveWrite> together;
  std::vector<size_t> sizes;
  std::vector<std::pair<WriteTask*, size_t>> begun;
  for (WriteTask& task : group) {
    writes += task.writes.size();
    bytes += ArticleBytes(task);
    if (absl::Status late = task.call.Check(); !late.ok()) {
      task.done(std::move(late));
      continue;
    }
    begun.emplace_back(&task, task.writes.size());
    for (const indexing::LiveWrite& write : task.writes) {
      sizes.push_back(write.article.ByteSizeLong());
    }
    std::move(task.writes.begin(), task.writes.end(), std::back_inserter(together));
  }
  std::vector<indexing::WriteResult> results = writer_->Write(std::move(together));
  failed_.Note(results, sizes);
  CountWritten(results);
  {
    // Before the callers hear of it: who was answered can be sure of the room.
    base::MutexLock lock(mutex_);
    writes_ -= writes;
    bytes_ -= bytes;
    last_commit_ = base::SteadyNow();
    if (rest_factor_ > 0) {
      const auto rest = std::min(rest_factor_ * absl::FromChrono(last_commit_ - begin), kMaxRest);
      rest_until_ = last_commit_ + absl::ToChronoNanoseconds(rest);
    }
  }
  auto next = results.begin();
  for (const auto& [task, count] : begun) {
    const auto end = next + static_cast<std::ptrdiff_t>(count);
    task->done(std::vector<indexing::WriteResult>(std::make_move_iterator(next),
                                                  std::make_move_iterator(end)));
    next = end;
  }
}

void WriteQueue::CountWritten(const std::vector<indexing::WriteResult>& results) {
  const auto written = std::count_if(results.begin(), results.end(),
                                     [](const auto& result) { return result.status.ok(); });
  if (written == 0) return;
  base::MutexLock lock(mutex_);
  written_ += static_cast<uint64_t>(written);
  last_write_ = absl::Now();
}

WriteQueue::Figures WriteQueue::figures() const {
  Figures figures;
  figures.failed = failed_.total();
  figures.failure = failed_.current();
  base::MutexLock lock(mutex_);
  figures.waiting = writes_;
  figures.waiting_bytes = bytes_;
  figures.written = written_;
  figures.refused = refused_;
  figures.last_write = last_write_;
  return figures;
}

void WriteQueue::NoteEnd(Between* between) {
  base::MutexLock lock(mutex_);
  busy_ = false;
  if (between != nullptr) {
    between->state = Between::State::kRan;
    between_ended_.NotifyAll();
  }
  if (queue_.empty() && between_.empty()) idle_.NotifyAll();
}

bool WriteQueue::Drain(absl::Time deadline) {
  base::MutexLock lock(mutex_);
  draining_ = true;
  work_.NotifyAll();
  while ((busy_ || !queue_.empty() || !between_.empty()) && absl::Now() < deadline) {
    idle_.WaitUntil(mutex_, deadline);
  }
  return !busy_ && queue_.empty() && between_.empty();
}

void WriteQueue::Stop() {
  std::deque<WriteTask> unstarted;
  {
    base::MutexLock lock(mutex_);
    draining_ = true;
    stopping_ = true;
    unstarted.swap(queue_);
    for (Between* between : between_) between->state = Between::State::kDropped;
    between_.clear();
    between_ended_.NotifyAll();
    queued_writes_ = 0;
    work_.NotifyAll();
  }
  for (WriteTask& task : unstarted) task.done(ShuttingDown());
  if (thread_.joinable()) thread_.join();
}

}  // namespace broadsheet::server
