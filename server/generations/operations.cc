// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/generations/operations.h"

#include <sys/resource.h>
#include <unistd.h>

#include <utility>

#include "absl/random/random.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "engine/schema/error.h"
#include "server/base/refusal.h"
#include "server/base/status_mapping.h"

namespace broadsheet::server {
namespace {

// admin_service.proto promises it.
constexpr size_t kMaxRecords = 20;

// Threads that it starts inherit it. Where searches use all cores, each gets a sixth of what a
// thread of the searches gets (sched(7): 1.25 to the power of the difference). Measured with
// bench/rebuild_cost: the p99 of searches is 1.5 times as long then; at 5 it is twice as long.
constexpr int kNiceness = 8;

std::string NewId() {
  absl::BitGen random;
  return absl::StrFormat("%016x", absl::Uniform<uint64_t>(random));
}

void SetNow(google::protobuf::Timestamp* time) {
  time->set_seconds(absl::ToUnixSeconds(absl::Now()));
}

v1::OperationProgress::Phase PhaseOf(indexing::Stage stage) {
  switch (stage) {
    case indexing::Stage::kSpool:
      return v1::OperationProgress::PHASE_READ;
    case indexing::Stage::kOrder:
      return v1::OperationProgress::PHASE_SORT;
    case indexing::Stage::kAnalyze:
      return v1::OperationProgress::PHASE_ANALYSE;
    case indexing::Stage::kMerge:
      return v1::OperationProgress::PHASE_COMPACT;
    case indexing::Stage::kVerify:
      return v1::OperationProgress::PHASE_VERIFY;
    case indexing::Stage::kPublish:
      return v1::OperationProgress::PHASE_PUBLISH;
  }
  return v1::OperationProgress::PHASE_UNSPECIFIED;
}

absl::Status NoSuchOperation(const std::string& id) {
  return schema::Error(absl::StatusCode::kNotFound, "OPERATION_NOT_FOUND",
                       id.empty() ? "no operation was started since the server was"
                                  : "there is no operation " + id + ", or none any more");
}

}  // namespace

Operations::Operations(GenerationManager& generations, Logger& logger)
    : generations_(generations), logger_(logger), thread_([this] { Run(); }) {}

Operations::~Operations() { Stop(); }

absl::StatusOr<v1::Operation> Operations::Rebuild(RebuildOrder order) {
  return Start(v1::Operation::KIND_REBUILD,
               [this, order = std::move(order)](Record& record) -> Outcome {
                 const auto rebuilt = generations_.Rebuild(order, WatchOf(record));
                 if (rebuilt.ok()) NoteResult(*rebuilt, record);
                 return {rebuilt.status()};
               });
}

absl::Status Operations::Publish(const PublishOrder& order,
                                 absl::AnyInvocable<bool() const> caller_gone,
                                 Done<Publishing> done) {
  auto work = [this, order, caller_gone = std::move(caller_gone),
               done = std::move(done)](Record& record) mutable -> Outcome {
    indexing::Watch watch = WatchOf(record);
    watch.cancelled = [&record, &caller_gone] { return record.cancelled || caller_gone(); };
    absl::StatusOr<Publishing> published = generations_.Publish(order, watch);
    if (published.ok()) NoteResult(*published, record);
    const absl::Status status = published.status();
    return {status, [done = std::move(done), published = std::move(published)]() mutable {
              done(std::move(published));
            }};
  };
  return Start(v1::Operation::KIND_PUBLISH, std::move(work)).status();
}

absl::Status Operations::Prune(size_t keep, Done<std::vector<uint64_t>> done) {
  auto work = [this, keep, done = std::move(done)](Record& /*record*/) mutable -> Outcome {
    auto removed = generations_.Prune(keep);
    const absl::Status status = removed.status();
    return {status, [done = std::move(done), removed = std::move(removed)]() mutable {
              done(std::move(removed));
            }};
  };
  return Start(v1::Operation::KIND_PRUNE, std::move(work)).status();
}

absl::StatusOr<v1::Operation> Operations::Start(v1::Operation::Kind kind, Work work) {
  base::MutexLock lock(mutex_);
  if (stopping_) return ShuttingDown();
  if (!records_.empty() && !records_.back()->operation.has_end_time()) {
    const std::string& id = records_.back()->operation.id();
    return schema::Error(absl::StatusCode::kFailedPrecondition, "OPERATION_RUNNING",
                         "operation " + id + " is running; wait for it, or cancel it",
                         {{"operation", id}});
  }
  if (records_.size() == kMaxRecords) records_.pop_front();
  Record& record = *records_.emplace_back(std::make_unique<Record>());
  record.operation.set_id(NewId());
  record.operation.set_kind(kind);
  record.operation.set_state(v1::Operation::STATE_RUNNING);
  SetNow(record.operation.mutable_start_time());
  next_ = std::move(work);
  started_.NotifyOne();
  return record.operation;
}

void Operations::Run() {
  // Without it searches would be slower while something runs, and that is all.
  (void)::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), kNiceness);
  Work work;
  while (Record* record = Next(work)) {
    Outcome outcome = std::exchange(work, nullptr)(*record);
    NoteEnd(outcome.status, *record);
    if (outcome.answer) outcome.answer();
  }
}

Operations::Record* Operations::Next(Work& work) {
  base::MutexLock lock(mutex_);
  while (!next_ && !stopping_) started_.Wait(mutex_);
  // What was begun is ended also when the server stops, for somebody waits for its answer.
  if (!next_) return nullptr;
  work = std::exchange(next_, nullptr);
  return records_.back().get();
}

void Operations::NoteEnd(const absl::Status& status, Record& record) {
  const MappedStatus mapped = MapStatus(status);
  // For other operations the end of the call is logged.
  if (!mapped.internal_detail.empty() && record.operation.kind() == v1::Operation::KIND_REBUILD) {
    logger_.Error("rebuild failed: " + mapped.internal_detail);
  }
  base::MutexLock lock(mutex_);
  v1::Operation& operation = record.operation;
  SetNow(operation.mutable_end_time());
  if (status.ok()) {
    operation.set_state(v1::Operation::STATE_SUCCEEDED);
  } else if (absl::IsCancelled(status)) {
    operation.set_state(v1::Operation::STATE_CANCELLED);
  } else {
    operation.set_state(v1::Operation::STATE_FAILED);
    operation.mutable_error()->ParseFromString(mapped.status.error_details());
  }
}

indexing::Watch Operations::WatchOf(Record& record) {
  return {
      .on_progress =
          [this, &record](const indexing::Progress& progress) { ShowProgress(progress, record); },
      .cancelled = [&record] { return record.cancelled.load(); }};
}

void Operations::ShowProgress(const indexing::Progress& progress, Record& record) {
  base::MutexLock lock(mutex_);
  v1::OperationProgress& shown = *record.operation.mutable_progress();
  shown.set_phase(PhaseOf(progress.stage));
  shown.set_done(static_cast<int32_t>(progress.done));
  shown.set_total(static_cast<int32_t>(progress.total));
}

void Operations::NoteResult(const Publishing& publishing, Record& record) {
  base::MutexLock lock(mutex_);
  v1::Operation& operation = record.operation;
  operation.set_generation_number(static_cast<int32_t>(publishing.ref.number));
  operation.set_article_count(static_cast<int32_t>(publishing.articles));
  operation.set_published(publishing.published);
  operation.set_carried_writes(publishing.carried_writes());
  operation.set_discarded_writes(publishing.discarded_writes());
  const int64_t nanoseconds = absl::ToInt64Nanoseconds(publishing.write_pause);
  if (nanoseconds == 0) return;
  operation.mutable_write_pause()->set_seconds(nanoseconds / 1'000'000'000);
  operation.mutable_write_pause()->set_nanos(static_cast<int32_t>(nanoseconds % 1'000'000'000));
}

Operations::Record* Operations::Find(const std::string& id) const {
  for (auto record = records_.rbegin(); record != records_.rend(); ++record) {
    if (id.empty() || (*record)->operation.id() == id) return record->get();
  }
  return nullptr;
}

absl::StatusOr<v1::Operation> Operations::Get(const std::string& id) const {
  base::MutexLock lock(mutex_);
  const Record* record = Find(id);
  if (record == nullptr) return NoSuchOperation(id);
  return record->operation;
}

absl::StatusOr<v1::Operation> Operations::Cancel(const std::string& id) {
  base::MutexLock lock(mutex_);
  Record* record = Find(id);
  if (record == nullptr) return NoSuchOperation(id);
  record->cancelled = true;
  return record->operation;
}

void Operations::CancelAll() {
  base::MutexLock lock(mutex_);
  stopping_ = true;
  if (!records_.empty()) records_.back()->cancelled = true;
  started_.NotifyOne();
}

void Operations::Stop() {
  CancelAll();
  if (thread_.joinable()) thread_.join();
}

}  // namespace broadsheet::server
