// SPDX-License-Identifier: GPL-3.0-or-later
// Where writes happen: one thread that owns the writer, behind a queue of bounded length and bytes.
//
//   WriteQueue writes(std::move(writer), {}, logger);
//   writes.Submit({.writes = {{.article = article}}, .call = control, .done = [](auto results)
//   {}});
//
// Groups. A commit costs a few syncs however much it holds, so what is waiting is committed
// together. A lone write is committed at once; under load a group is opened max_wait after the
// last commit, or as soon as max_group writes wait.
#pragma once

#include <cstddef>
#include <deque>
#include <memory>
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

namespace broadsheet::server {

// The longest rest between two groups of a queue that was slowed down.
inline constexpr absl::Duration kMaxRest = absl::Milliseconds(150);

struct WriteQueueOptions {
  // Writes that may wait, and what their articles may take together, before more are refused.
  // Raising them turns refusals into waiting and costs that much memory.
  size_t max_writes = 4096;
  size_t max_bytes = 256 << 20;
  // A group is not opened later than this after the last commit, nor when so many writes wait.
  // Raising them saves syncs and lengthens the time to an acknowledgement.
  absl::Duration max_wait = absl::Milliseconds(20);
  size_t max_group = 1000;
  // The index's folder, for the log.
  std::string index = {};
};

// Writes that are committed together.
struct WriteTask {
  std::vector<indexing::LiveWrite> writes = {};
  // Looked at before the task is begun; what was begun is finished.
  base::CallControl call = {};
  // Called exactly once: with as many results as writes, on the writer's thread, when they are on
  // disk; or with the reason why none was tried, on any thread, Submit's own included. Does not
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
  // is full, UNAVAILABLE (INDEX_UNAVAILABLE) when it drains, DEADLINE_EXCEEDED or CANCELLED when
  // it was too late to begin.
  void Submit(WriteTask task) ABSL_LOCKS_EXCLUDED(mutex_);

  // Runs `work` on the writer's thread between two groups, and waits for it. Writes wait, too: it
  // has to be short. It may put another writer in the place of the one it is given. UNAVAILABLE
  // (INDEX_UNAVAILABLE), and `work` is never run, once the queue drains. Not from the writer's
  // thread.
  absl::Status RunBetweenGroups(
      absl::FunctionRef<void(std::unique_ptr<indexing::LiveWriter>&)> work)
      ABSL_LOCKS_EXCLUDED(mutex_);

  // Has the writer rest after each group for twice as long as that took, at most kMaxRest, and
  // makes groups smaller; each time that this is called, twice as much so. Then who carries over
  // what is written can catch up. SpeedUp() ends it.
  void SlowDown() ABSL_LOCKS_EXCLUDED(mutex_);
  void SpeedUp() ABSL_LOCKS_EXCLUDED(mutex_);

  // Refuses new tasks from now on and waits until those admitted are on disk. False when that was
  // not so by `deadline`.
  bool Drain(absl::Time deadline) ABSL_LOCKS_EXCLUDED(mutex_);

  // Refuses new tasks, ends the waiting ones with UNAVAILABLE, and waits for the group being
  // written. May be called again.
  void Stop() ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  // Work that waits for the end of a group; its caller's.
  struct Between {
    enum class State : uint8_t { kWaiting, kRan, kDropped };
    absl::FunctionRef<void(std::unique_ptr<indexing::LiveWriter>&)> work;
    State state = State::kWaiting;
  };

  void Work();
  // False when it is time to end. At most one of the two is given something.
  bool Next(std::vector<WriteTask>& group, Between*& between) ABSL_LOCKS_EXCLUDED(mutex_);
  void TakeGroup(std::vector<WriteTask>& group) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Write(std::vector<WriteTask>& group);
  void NoteProblem(const std::vector<indexing::WriteResult>& results);
  void NoteEnd(Between* between) ABSL_LOCKS_EXCLUDED(mutex_);

  // Used by the writer's thread alone.
  std::unique_ptr<indexing::LiveWriter> writer_;
  const WriteQueueOptions options_;
  Logger& logger_;
  // Only the writer's thread uses it. What the log says last: the failure, or "" when writes
  // succeed.
  std::string problem_;
  // The failure that was logged last, which is not said again before that time.
  std::string last_failure_;
  base::SteadyTime repeat_failure_from_ = base::SteadyTime();

  base::Mutex mutex_;
  base::CondVar work_;
  base::CondVar idle_;
  base::CondVar between_ended_;
  std::deque<WriteTask> queue_ ABSL_GUARDED_BY(mutex_);
  std::deque<Between*> between_ ABSL_GUARDED_BY(mutex_);
  // How many are in the queue and in the group being written.
  size_t writes_ ABSL_GUARDED_BY(mutex_) = 0;
  size_t bytes_ ABSL_GUARDED_BY(mutex_) = 0;
  size_t queued_writes_ ABSL_GUARDED_BY(mutex_) = 0;
  bool busy_ ABSL_GUARDED_BY(mutex_) = false;
  bool draining_ ABSL_GUARDED_BY(mutex_) = false;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  // Rests, in times of the group before them.
  int rest_factor_ ABSL_GUARDED_BY(mutex_) = 0;
  // No group is opened before.
  base::SteadyTime rest_until_ ABSL_GUARDED_BY(mutex_) = base::SteadyTime();
  base::SteadyTime last_commit_ ABSL_GUARDED_BY(mutex_) = base::SteadyTime();
  std::thread thread_;
};

}  // namespace broadsheet::server
