// SPDX-License-Identifier: GPL-3.0-or-later
// Runs writes on one thread, which owns the writer, behind a queue of bounded length and bytes.
//
//   WriteQueue writes(std::move(writer), {}, logger);
//   writes.Submit({.writes = {{.article = article}}, .call = control, .done = [](auto results)
//   {}});
//
// Groups. A commit costs a few syncs whatever its size, so waiting writes are committed together,
// as a group. A single write is committed at once; under load a group is begun max_wait after the
// last commit, or as soon as max_group writes wait.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/functional/any_invocable.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "engine/base/mutex.h"
#include "engine/indexing/live/live_writer.h"
#include "engine/query/searcher.h"
#include "server/base/logger.h"
#include "server/generations/failed_writes.h"

namespace broadsheet::server {

// The longest rest between two groups after SlowDown().
inline constexpr absl::Duration kMaxRest = absl::Milliseconds(150);

struct WriteQueueOptions {
  // How many writes may wait, and the bytes of their articles, before more are refused. Larger
  // values turn refusals into waiting, and use that much memory.
  size_t max_writes = 4096;
  size_t max_bytes = 256 << 20;
  // A group begins max_wait after the last commit, or once max_group writes wait. Larger values
  // save syncs and delay acknowledgements.
  absl::Duration max_wait = absl::Milliseconds(20);
  size_t max_group = 1000;
  // The index's folder, for the log.
  std::string index = {};
};

// Writes that are committed together.
struct WriteTask {
  std::vector<indexing::LiveWrite> writes = {};
  // Checked before the task begins; a task that has begun is finished.
  base::CallControl call = {};
  // Called exactly once: on the writer's thread with one result a write, once the writes are on
  // disk; or, on any thread, also that of Submit, with the reason why none was tried. Must not
  // throw.
  absl::AnyInvocable<void(absl::StatusOr<std::vector<indexing::WriteResult>>)> done = {};
};

// Safe from any thread.
class WriteQueue {
 public:
  // `logger` outlives this.
  WriteQueue(std::unique_ptr<indexing::LiveWriter> writer, WriteQueueOptions options,
             Logger& logger);
  // As Stop().
  ~WriteQueue();
  WriteQueue(const WriteQueue&) = delete;
  WriteQueue& operator=(const WriteQueue&) = delete;

  // Never blocks. `done` gets, instead of results: RESOURCE_EXHAUSTED (OVERLOADED) when the queue
  // is full, UNAVAILABLE (INDEX_UNAVAILABLE) when it drains, DEADLINE_EXCEEDED or CANCELLED when it
  // was too late to begin the task.
  void Submit(WriteTask task) ABSL_LOCKS_EXCLUDED(mutex_);

  // Runs `work` on the writer's thread between two groups, and waits for it. Writes wait too, so
  // `work` must be short. `work` may replace the writer. UNAVAILABLE (INDEX_UNAVAILABLE), without
  // running `work`, once the queue drains. Do not call it from the writer's thread.
  absl::Status RunBetweenGroups(
      absl::FunctionRef<void(std::unique_ptr<indexing::LiveWriter>&)> work)
      ABSL_LOCKS_EXCLUDED(mutex_);

  struct Figures {
    size_t waiting = 0;
    size_t waiting_bytes = 0;
    uint64_t written = 0;  // and acknowledged
    uint64_t refused = 0;  // since the queue was full
    uint64_t failed = 0;
    // When one was last written; nullopt: not since the server started.
    std::optional<absl::Time> last_write;
    // Present while writes fail.
    std::optional<WriteFailure> failure;
  };
  Figures figures() const ABSL_LOCKS_EXCLUDED(mutex_);

  // Lets a handover catch up: after each group the writer rests twice as long as the group took, at
  // most kMaxRest, and groups become smaller. Each further call doubles the effect. SpeedUp() ends
  // it.
  void SlowDown() ABSL_LOCKS_EXCLUDED(mutex_);
  void SpeedUp() ABSL_LOCKS_EXCLUDED(mutex_);

  // Refuses new tasks from now on and waits until those admitted are on disk. False when some were
  // not by `deadline`.
  bool Drain(absl::Time deadline) ABSL_LOCKS_EXCLUDED(mutex_);

  // Refuses new tasks, ends the waiting ones with UNAVAILABLE, and waits for the group being
  // written. May be called again.
  void Stop() ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  // Work that waits for the end of a group; owned by its caller.
  struct Between {
    enum class State : uint8_t { kWaiting, kRan, kDropped };
    absl::FunctionRef<void(std::unique_ptr<indexing::LiveWriter>&)> work;
    State state = State::kWaiting;
  };

  void Work();
  // Sets `group` or `between`, or neither. False when the thread must end.
  bool Next(std::vector<WriteTask>& group, Between*& between) ABSL_LOCKS_EXCLUDED(mutex_);
  void TakeGroup(std::vector<WriteTask>& group) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Write(std::vector<WriteTask>& group);
  void CountWritten(const std::vector<indexing::WriteResult>& results) ABSL_LOCKS_EXCLUDED(mutex_);
  void NoteEnd(Between* between) ABSL_LOCKS_EXCLUDED(mutex_);

  // Used only by the writer's thread.
  std::unique_ptr<indexing::LiveWriter> writer_;
  const WriteQueueOptions options_;
  FailedWrites failed_;

  mutable base::Mutex mutex_;
  base::CondVar work_;
  base::CondVar idle_;
  base::CondVar between_ended_;
  std::deque<WriteTask> queue_ ABSL_GUARDED_BY(mutex_);
  std::deque<Between*> between_ ABSL_GUARDED_BY(mutex_);
  // Totals of the queue and the group being written.
  size_t writes_ ABSL_GUARDED_BY(mutex_) = 0;
  size_t bytes_ ABSL_GUARDED_BY(mutex_) = 0;
  size_t queued_writes_ ABSL_GUARDED_BY(mutex_) = 0;
  uint64_t refused_ ABSL_GUARDED_BY(mutex_) = 0;
  uint64_t written_ ABSL_GUARDED_BY(mutex_) = 0;
  std::optional<absl::Time> last_write_ ABSL_GUARDED_BY(mutex_);
  bool busy_ ABSL_GUARDED_BY(mutex_) = false;
  bool draining_ ABSL_GUARDED_BY(mutex_) = false;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  // The length of a rest, as a multiple of the time of the group before it.
  int rest_factor_ ABSL_GUARDED_BY(mutex_) = 0;
  // No group begins before this time.
  base::SteadyTime rest_until_ ABSL_GUARDED_BY(mutex_) = base::SteadyTime();
  base::SteadyTime last_commit_ ABSL_GUARDED_BY(mutex_) = base::SteadyTime();
  std::thread thread_;
};

}  // namespace broadsheet::server
