// SPDX-License-Identifier: GPL-3.0-or-later
// Runs operations on the generations of the index, one at a time, in a thread of its own.
// AdminService starts, queries and stops them.
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "broadsheet/v1/admin_service.pb.h"
#include "engine/base/mutex.h"
#include "server/base/logger.h"
#include "server/generations/generation_manager.h"

namespace broadsheet::server {

// Safe from any thread, also its own. Owns one thread, from construction to Stop().
class Operations {
 public:
  // Called exactly once, on the operation's thread, with the result; the next operation may be
  // started from then on.
  template <typename Result>
  using Done = absl::AnyInvocable<void(absl::StatusOr<Result>)>;

  // Both must outlive this.
  Operations(GenerationManager& generations, Logger& logger);
  // As Stop().
  ~Operations();
  Operations(const Operations&) = delete;
  Operations& operator=(const Operations&) = delete;

  // Each starts an operation and returns at once. FAILED_PRECONDITION (OPERATION_RUNNING) when one
  // is running, UNAVAILABLE when the server stops; after an error `done` is never called.
  absl::StatusOr<v1::Operation> Rebuild(RebuildOrder order) ABSL_LOCKS_EXCLUDED(mutex_);
  // Ends early once `caller_gone` returns true, unless it is about to publish.
  absl::Status Publish(const PublishOrder& order, absl::AnyInvocable<bool() const> caller_gone,
                       Done<Publishing> done) ABSL_LOCKS_EXCLUDED(mutex_);
  absl::Status Prune(size_t keep, Done<std::vector<uint64_t>> done) ABSL_LOCKS_EXCLUDED(mutex_);

  // NOT_FOUND (OPERATION_NOT_FOUND). An empty id means the operation started last.
  absl::StatusOr<v1::Operation> Get(const std::string& id) const ABSL_LOCKS_EXCLUDED(mutex_);
  // Asks the operation to stop, and returns it as Get does.
  absl::StatusOr<v1::Operation> Cancel(const std::string& id) ABSL_LOCKS_EXCLUDED(mutex_);

  // Refuses new operations from now on, and asks the running one to stop.
  void CancelAll() ABSL_LOCKS_EXCLUDED(mutex_);
  // As CancelAll, and waits for its end. May be called again.
  void Stop() ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  struct Record {
    v1::Operation operation;
    std::atomic<bool> cancelled = false;
  };
  struct Outcome {
    absl::Status status;
    // Answers the call that waits for the end; may be empty.
    absl::AnyInvocable<void()> answer = {};
  };
  using Work = absl::AnyInvocable<Outcome(Record&)>;

  absl::StatusOr<v1::Operation> Start(v1::Operation::Kind kind, Work work)
      ABSL_LOCKS_EXCLUDED(mutex_);
  void Run() ABSL_LOCKS_EXCLUDED(mutex_);
  // Waits for work; nullptr when the thread must end.
  Record* Next(Work& work) ABSL_LOCKS_EXCLUDED(mutex_);
  indexing::Watch WatchOf(Record& record);
  void ShowProgress(const indexing::Progress& progress, Record& record) ABSL_LOCKS_EXCLUDED(mutex_);
  void NoteResult(const Publishing& publishing, Record& record) ABSL_LOCKS_EXCLUDED(mutex_);
  void NoteEnd(const absl::Status& status, Record& record) ABSL_LOCKS_EXCLUDED(mutex_);
  Record* Find(const std::string& id) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  GenerationManager& generations_;
  Logger& logger_;

  mutable base::Mutex mutex_;
  base::CondVar started_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  // The work of the last record, until the thread takes it.
  Work next_ ABSL_GUARDED_BY(mutex_);
  // The last record may be running; the others have ended. The mutex guards `operation` of each.
  std::deque<std::unique_ptr<Record>> records_ ABSL_GUARDED_BY(mutex_);
  std::thread thread_;
};

}  // namespace broadsheet::server
