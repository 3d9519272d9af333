// SPDX-License-Identifier: GPL-3.0-or-later
// LOCK: who may publish or write live/. Held by flock, so the kernel frees it when a process dies;
// the file says who holds it and which generation number was used last.
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/storage/file_descriptor.h"
#include "engine/storage/layout.h"

namespace broadsheet::storage {

// Movable; releases on destruction. Not thread-safe.
class IndexLock {
 public:
  // Makes the index folder (and those above it) when it is absent. `holder` says what the process
  // does, e.g. "broadsheet-indexer build". Never waits. FAILED_PRECONDITION naming the other
  // holder, its pid and since when, when it is taken; FAILED_PRECONDITION when the path is a file
  // or a folder that holds other things than an index; errors of FileError.
  static absl::StatusOr<IndexLock> Acquire(const Layout& layout, const std::string& holder);

  IndexLock(IndexLock&& other) noexcept = default;
  IndexLock& operator=(IndexLock&& other) noexcept = default;
  ~IndexLock();

  // The next generation number, recorded durably in LOCK before it is returned: a number is never
  // used twice, even when the build that took it was killed or its folder removed.
  absl::StatusOr<uint64_t> TakeGenerationNumber();

 private:
  IndexLock(Layout layout, FileDescriptor fd, std::string holder, uint64_t last_number);
  // Replaces what LOCK says; in place, since a rename would leave the lock on the old file.
  absl::Status Write(const std::string& holder);

  Layout layout_;
  FileDescriptor fd_;
  std::string holder_;
  uint64_t last_number_ = 0;
};

}  // namespace broadsheet::storage
