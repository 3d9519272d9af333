// SPDX-License-Identifier: GPL-3.0-or-later
// The parts that only a writable server has: the lock of the index, the thread that writes, and the
// thread that builds and publishes generations.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "engine/indexing/live/writable_index.h"
#include "engine/storage/index/index_lock.h"
#include "server/base/logger.h"
#include "server/generations/generation_manager.h"
#include "server/generations/operations.h"
#include "server/generations/served_index.h"
#include "server/generations/write_queue.h"

namespace broadsheet::server {

// Safe from any thread. Owns the threads of its queue and of its operations.
class WriteSide {
 public:
  // `index` serves the generation that is written; `index` and `logger` must outlive this.
  WriteSide(indexing::WritableIndex writable, WriteQueueOptions queue,
            GenerationManagerOptions generations, ServedIndex& index, Logger& logger)
      : lock_(std::move(writable.lock)),
        queue_(std::move(writable.writer), std::move(queue), logger),
        generations_(lock_, std::move(writable.generation), queue_, index, logger, generations),
        operations_(generations_, logger) {}

  WriteQueue& queue() { return queue_; }
  Operations& operations() { return operations_; }

  // Writes to LOCK where the server takes requests, for processes that find the index locked.
  absl::Status Announce(const std::string& address) { return lock_.Announce(address); }

  // Ends both threads. May be called again.
  void Stop() {
    // This also wakes an operation that waits for the writer's thread.
    queue_.Stop();
    operations_.Stop();
  }

 private:
  storage::IndexLock lock_;
  WriteQueue queue_;
  GenerationManager generations_;
  Operations operations_;
};

}  // namespace broadsheet::server
