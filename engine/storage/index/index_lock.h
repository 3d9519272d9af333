// SPDX-License-Identifier: GPL-3.0-or-later
// LOCK: who may publish or write live/. Held by flock, so the kernel frees it when a process dies;
// the file says who holds it and which generation number was used last.
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

// Movable; releases on destruction. Announce may be called beside one thread that calls the others.
class IndexLock {
 public:
  // What LOCK says of its holder; members are empty when it does not say.
  struct Holder {
    std::string name;
    std::string pid;
    std::string since;
    // Where it takes requests, when it is a server.
    std::string address;
  };

  // Makes the index folder (and those above it) when it is absent. `holder` says what the process
  // does, as a person would look for it. Does not wait for the lock. FAILED_PRECONDITION naming the
  // other holder, its pid and since when, when it is taken (FaultReason::kIndexLocked);
  // FAILED_PRECONDITION when the path is a file or a folder that holds other things than an index;
  // errors of FileError.
  static absl::StatusOr<IndexLock> Acquire(const Layout& layout, const std::string& holder);

  IndexLock(IndexLock&& other) noexcept = default;
  IndexLock& operator=(IndexLock&& other) noexcept = default;
  ~IndexLock();

  // The index that is locked.
  const Layout& layout() const { return layout_; }

  // Who holds it or held it last, by what LOCK says.
  static Holder ReadHolder(const Layout& layout);
  // The highest generation number known to have been used: of LOCK, CURRENT and the folders. 0 when
  // there is none.
  static uint64_t LastNumber(const Layout& layout);
  // The last number that LOCK records, whatever folders there are.
  static uint64_t LastRecordedNumber(const Layout& layout);

  // Lets those who find the lock taken know where its holder takes requests.
  absl::Status Announce(const std::string& address);

  // The next generation number, recorded durably in LOCK before it is returned: a number is never
  // used twice, even when the build that took it was killed or its folder removed.
  absl::StatusOr<uint64_t> TakeGenerationNumber();
  // Records that `number` was used, by a build beside the lock (GenerationClaim::TakeBeside).
  absl::Status RecordNumber(uint64_t number);

 private:
  IndexLock(Layout layout, base::FileDescriptor fd, std::string holder, uint64_t last_number);
  // Replaces what LOCK says; in place, since a rename would leave the lock on the old file.
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
