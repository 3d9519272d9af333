// SPDX-License-Identifier: GPL-3.0-or-later
// The open streams, so that a stopping server can end them: a stream that waits for its caller
// would never end by itself.
#pragma once

#include <cstddef>
#include <set>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "engine/base/mutex.h"

namespace broadsheet::server {

class OpenStream {
 public:
  virtual ~OpenStream() = default;
  // Takes in no more, answers what was accepted for good (articles that are to be stored), and ends
  // with `status`. Safe from any thread.
  virtual void EndWith(const absl::Status& status) = 0;
};

// Safe from any thread.
class OpenStreams {
 public:
  // `most` streams that were added with AddLimited are open at a time.
  explicit OpenStreams(size_t most) : most_(most) {}

  // UNAVAILABLE (INDEX_UNAVAILABLE) once EndAll was called, RESOURCE_EXHAUSTED (OVERLOADED) when a
  // thousand are open; `stream` must then end itself.
  absl::Status Add(OpenStream* stream) ABSL_LOCKS_EXCLUDED(mutex_);
  // For streams that keep searches from others: the same when as many are open as was set.
  absl::Status AddLimited(OpenStream* stream) ABSL_LOCKS_EXCLUDED(mutex_);
  // `stream` is not used after this returns; it need not have been added.
  void Remove(OpenStream* stream) ABSL_LOCKS_EXCLUDED(mutex_);
  // How many are open.
  size_t open() const ABSL_LOCKS_EXCLUDED(mutex_);
  // Ends all open streams and refuses new ones.
  void EndAll(const absl::Status& status) ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  const size_t most_;
  mutable base::Mutex mutex_;
  std::set<OpenStream*> streams_ ABSL_GUARDED_BY(mutex_);
  std::set<OpenStream*> limited_ ABSL_GUARDED_BY(mutex_);
  bool ended_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace broadsheet::server
