// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/generations/served_index.h"

#include <utility>

#include "absl/strings/str_format.h"
#include "server/base/refusal.h"
#include "server/base/remedy.h"

namespace broadsheet::server {
namespace {

// Proves that `generation` answers, and reads the blocks that every search needs.
absl::Status Warm(const ServedGeneration& generation) {
  absl::StatusOr<std::unique_ptr<query::Searcher>> searcher = generation.open_searcher(nullptr);
  if (!searcher.ok()) return searcher.status();
  v1::SearchArticlesRequest everything;
  everything.mutable_filter()->set_include_undated(true);
  everything.mutable_filter()->mutable_published_from()->set_seconds(0);
  everything.set_sort(v1::SORT_ORDER_NEWEST);
  everything.set_page_size(1);
  base::CallControl call;
  call.deadline = call.now + absl::Seconds(1);
  const absl::Status answered = (*searcher)->Search(everything, call).status();
  // Slow is not broken: a live/ of a hundred thousand undated articles takes as long as that.
  return absl::IsDeadlineExceeded(answered) ? absl::OkStatus() : answered;
}

}  // namespace

ServedIndex::ServedIndex(std::unique_ptr<GenerationSource> source, ServedIndexOptions options,
                         Logger& logger)
    : source_(std::move(source)),
      options_(std::move(options)),
      logger_(logger),
      checker_(options_.check_bytes_per_second, logger) {}

ServedIndex::~ServedIndex() { StopWatching(); }

absl::Status ServedIndex::Refresh() {
  base::MutexLock lock(refresh_mutex_);
  absl::Status status = OpenPublished();
  if (looked_before_) NoteProblem(status);
  NoteTakedowns(source_->CheckTakedowns());
  looked_before_ = true;
  return status;
}

absl::Status ServedIndex::OpenPublished() {
  const absl::StatusOr<storage::GenerationRef> published = source_->Published();
  if (!published.ok()) return published.status();
  const auto current = Current();
  if (current != nullptr && current->manifest.ref == *published) return absl::OkStatus();
  auto next = source_->Open();
  if (!next.ok()) return next.status();
  if (absl::Status warm = Warm(**next); !warm.ok()) return warm;
  Serve(*std::move(next));
  return absl::OkStatus();
}

void ServedIndex::Serve(std::shared_ptr<const ServedGeneration> next) {
  const storage::Manifest& manifest = next->manifest;
  // Outside the lock: the one before the previous may be destroyed here, unmapping its files.
  std::shared_ptr<const ServedGeneration> released = next;
  {
    base::MutexLock lock(mutex_);
    std::swap(current_, released);
    // Pages do not go on over a damaged one.
    if (!Damage(released.get()).ok()) released = nullptr;
    std::swap(previous_, released);
    previous_until_ = options_.clock() + options_.keep_previous;
  }
  checker_.Check(next);
  if (!looked_before_) return;
  logger_.Info(absl::StrFormat("now serving generation %d (build %s): %d articles",
                               manifest.ref.number, manifest.ref.build_id, manifest.articles));
}

void ServedIndex::NoteProblem(const absl::Status& problem) {
  if (Current() == nullptr) return;
  const std::string message = WithRemedy(problem);
  if (message == problem_) return;
  if (problem.ok()) {
    logger_.Info("the published index is readable again");
  } else {
    logger_.Warning(absl::StrFormat("still serving generation %d: %s",
                                    Current()->manifest.ref.number, message));
  }
  problem_ = message;
}

void ServedIndex::NoteTakedowns(const absl::Status& found) {
  {
    base::MutexLock lock(mutex_);
    if (found == takedowns_) return;
    takedowns_ = found;
  }
  // The caller of the first look is told by the generation that does not open.
  if (!looked_before_) return;
  if (found.ok()) {
    logger_.Info("what was taken down can be read again");
  } else {
    logger_.Error("refusing searches and writes: " + WithRemedy(found));
  }
}

void ServedIndex::Watch(std::function<void()> on_change) {
  watcher_ = std::thread([this, on_change = std::move(on_change)] { Poll(on_change); });
}

void ServedIndex::Poll(const std::function<void()>& on_change) {
  // What `on_change` was told of. Others call Refresh, too.
  auto known = Current();
  bool known_whole = IsWhole();
  while (WaitForNextPoll()) {
    // NoteProblem has logged a failure; the next look tries again.
    Refresh().IgnoreError();
    const bool let_go = LetGoOfPrevious();
    auto current = Current();
    const bool whole = IsWhole();
    if (!let_go && current == known && whole == known_whole) continue;
    known = std::move(current);
    known_whole = whole;
    on_change();
  }
}

bool ServedIndex::WaitForNextPoll() {
  const base::SteadyTime next = base::SteadyIn(options_.poll_interval);
  base::MutexLock lock(mutex_);
  while (!stopping_ && base::SteadyNow() < next) stopped_.WaitUntil(mutex_, next);
  return !stopping_;
}

bool ServedIndex::LetGoOfPrevious() {
  // Destroyed outside the lock.
  std::shared_ptr<const ServedGeneration> released;
  base::MutexLock lock(mutex_);
  if (previous_ == nullptr || options_.clock() < previous_until_) return false;
  std::swap(previous_, released);
  return true;
}

void ServedIndex::StopWatching() {
  {
    base::MutexLock lock(mutex_);
    stopping_ = true;
  }
  stopped_.NotifyAll();
  if (watcher_.joinable()) watcher_.join();
  checker_.Stop();
}

std::shared_ptr<const ServedGeneration> ServedIndex::Current() const {
  base::MutexLock lock(mutex_);
  return current_;
}

std::shared_ptr<const ServedGeneration> ServedIndex::Choose(const std::string& build_id) const {
  base::MutexLock lock(mutex_);
  if (previous_ != nullptr && previous_->manifest.ref.build_id == build_id &&
      options_.clock() < previous_until_) {
    return previous_;
  }
  return current_;
}

absl::Status ServedIndex::Damage(const ServedGeneration* generation) const {
  return CheckOf(generation).state == BaseReport::State::kDamaged ? IndexDamaged()
                                                                  : absl::OkStatus();
}

bool ServedIndex::IsWhole() const {
  const auto current = Current();
  if (current == nullptr || !Damage(current.get()).ok()) return false;
  base::MutexLock lock(mutex_);
  return takedowns_.ok();
}

BaseReport ServedIndex::CheckOf(const ServedGeneration* generation) const {
  return checker_.ReportOf(generation);
}

bool ServedIndex::Holds(const ServedGeneration* generation) const {
  base::MutexLock lock(mutex_);
  return generation == current_.get() || generation == previous_.get();
}

}  // namespace broadsheet::server
