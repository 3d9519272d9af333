// SPDX-License-Identifier: GPL-3.0-or-later
// LOCK: its holder may publish and write live/. The lock is a flock, which the kernel frees when
// the process dies; the file names its holder and the last generation number used.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "engine/base/file_descriptor.h"
#include "engine/base/mutex.h"
#include "engine/storage/index/layout.h"

namespace broadsheet::storage {

// Movable; releases on destruction. Announce may be called from any thread; one thread at a time
// calls the other functions.
class IndexLock {
 public:
  // The holder as LOCK names it; members that LOCK does not have are empty.
  struct Holder {
    std::string name;
    std::string pid;
    std::string since;
    // Where it takes requests, if the holder is a server.
    std::string address;
  };

  // Makes the index folder and its parents if absent. `holder` says what the process does, in words
  // that tell a person which program it is. Does not wait for the lock. FAILED_PRECONDITION
  // (FaultReason::kIndexLocked), naming the holder, its pid and since when, when another process
  // has the lock; FAILED_PRECONDITION when the path is a file, or a folder that contains something
  // other than an index; errors of FileError.
  static absl::StatusOr<IndexLock> Acquire(const Layout& layout, const std::string& holder);

  IndexLock(IndexLock&& other) noexcept = default;
  IndexLock& operator=(IndexLock&& other) noexcept = default;
  ~IndexLock();

  // The index that is locked.
  const Layout& layout() const { return layout_; }

  // The present or last holder, as LOCK names it.
  static Holder ReadHolder(const Layout& layout);
  // The highest generation number in LOCK, CURRENT and the names of folders; 0 when there is none.
  static uint64_t LastNumber(const Layout& layout);
  // The last number that LOCK records, regardless of folders.
  static uint64_t LastRecordedNumber(const Layout& layout);

  // Writes to LOCK where the holder takes requests, for processes that find the lock taken.
  absl::Status Announce(const std::string& address);

  // The next generation number, recorded durably in LOCK before it is returned: a number is never
  // used twice, even when the build that took it was killed or its folder removed.
  absl::StatusOr<uint64_t> TakeGenerationNumber();
  // Records that `number` was used by a build without the lock (GenerationClaim::TakeBeside).
  absl::Status RecordNumber(uint64_t number);

 private:
  IndexLock(Layout layout, base::FileDescriptor fd, std::string holder, uint64_t last_number);
  // Replaces the content of LOCK in place, since a rename would leave the lock on the old file.
  absl::Status Write() ABSL_EXCLUSIVE_LOCKS_REQUIRED(*mutex_);

  Layout layout_;
  base::FileDescriptor fd_;
  std::string holder_;
  // Behind a pointer, so that this is movable.
  std::unique_ptr<base::Mutex> mutex_ = std::make_unique<base::Mutex>();
  std::string address_ ABSL_GUARDED_BY(*mutex_);
  absl::Time since_ = absl::Now();
  uint64_t last_number_ ABSL_GUARDED_BY(*mutex_) = 0;
};

}  // namespace broadsheet::storage
