// SPDX-License-Identifier: GPL-3.0-or-later
// Writes that fail through no fault of their senders, above all on a full disk: said in the log
// once when that begins, and once when it ends, with what it cost.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/time/time.h"
#include "engine/base/mutex.h"
#include "engine/base/steady_time.h"
#include "engine/indexing/live/live_writer.h"
#include "server/base/logger.h"

namespace broadsheet::server {

// A failure that lasts.
struct WriteFailure {
  absl::Time since;
  std::string reason;   // INDEX_FULL, INDEX_DAMAGED or INTERNAL
  uint64_t writes = 0;  // refused since then
  uint64_t bytes = 0;   // of their articles
};

// Note() comes from one thread; the figures may be read from any.
class FailedWrites {
 public:
  // `index` is the folder of the index, for the log; `logger` outlives this.
  FailedWrites(std::string index, Logger& logger) : index_(std::move(index)), logger_(logger) {}

  // The results of writes that were tried together, and the bytes of each one's article.
  void Note(const std::vector<indexing::WriteResult>& results, const std::vector<size_t>& bytes)
      ABSL_LOCKS_EXCLUDED(mutex_);

  // What fails now: present from the first write that fails until one succeeds.
  std::optional<WriteFailure> current() const ABSL_LOCKS_EXCLUDED(mutex_);
  // How many have failed since the server started.
  uint64_t total() const ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  void LogBegin(const std::string& why);
  void LogEnd(const WriteFailure& failure);

  const std::string index_;
  Logger& logger_;
  // Used only by the thread that notes. What the log says now: "" when writes succeed.
  std::string said_;
  // The last failure that was said, which is not said again before repeat_from_.
  std::string said_last_;
  base::SteadyTime repeat_from_ = base::SteadyTime();

  mutable base::Mutex mutex_;
  // Of this failure, and of shorter ones before it whose end was not said.
  WriteFailure failure_ ABSL_GUARDED_BY(mutex_);
  bool failing_ ABSL_GUARDED_BY(mutex_) = false;
  uint64_t total_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace broadsheet::server
