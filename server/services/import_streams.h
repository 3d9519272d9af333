// SPDX-License-Identifier: GPL-3.0-or-later
// The open import streams, so that a stopping server can end them: a stream that waits for its
// sender would never end by itself.
#pragma once

#include <set>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "engine/base/mutex.h"

namespace broadsheet::server {

class ImportStream {
 public:
  virtual ~ImportStream() = default;
  // Accepts no more articles, answers those already accepted, and ends with `status`. Safe from any
  // thread.
  virtual void EndWith(const absl::Status& status) = 0;
};

// Safe from any thread.
class ImportStreams {
 public:
  // False once EndAll was called; `stream` must then end itself.
  bool Add(ImportStream* stream) ABSL_LOCKS_EXCLUDED(mutex_);
  // `stream` is not used after this returns.
  void Remove(ImportStream* stream) ABSL_LOCKS_EXCLUDED(mutex_);
  // Ends all open streams and refuses new ones.
  void EndAll(const absl::Status& status) ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  base::Mutex mutex_;
  std::set<ImportStream*> streams_ ABSL_GUARDED_BY(mutex_);
  bool ended_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace broadsheet::server
