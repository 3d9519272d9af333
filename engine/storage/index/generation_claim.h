// SPDX-License-Identifier: GPL-3.0-or-later
// Claims a number and a folder for a generation that is being built: the number is never used
// again, and clean-up leaves the folder alone.
#pragma once

#include <cstdint>
#include <filesystem>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/base/file_descriptor.h"
#include "engine/storage/index/index_lock.h"
#include "engine/storage/index/layout.h"

namespace broadsheet::storage {

// Movable. Holds an exclusive flock on the folder. The kernel frees it when the process dies; the
// folder then counts as abandoned.
class GenerationClaim {
 public:
  // Takes the next number under the index's lock, and makes the folder. Errors of
  // IndexLock::TakeGenerationNumber and FileError.
  static absl::StatusOr<GenerationClaim> Take(IndexLock& lock);

  // The same while another process holds the lock. Only the folder shows that the number is taken,
  // so the folder stays, empty, when the build is abandoned. RemoveAbandoned, which holds the lock,
  // records the number before it removes the folder.
  static absl::StatusOr<GenerationClaim> TakeBeside(const Layout& layout);

  uint64_t number() const { return number_; }
  const std::filesystem::path& folder() const { return folder_; }

  // Removes as much of the folder's content as it can, unless a process has it open as a
  // generation. Removes MANIFEST first, so that the rest counts as abandoned.
  void Abandon() const;

 private:
  GenerationClaim(uint64_t number, std::filesystem::path folder, base::FileDescriptor held,
                  bool recorded)
      : number_(number), folder_(std::move(folder)), held_(std::move(held)), recorded_(recorded) {}

  uint64_t number_;
  std::filesystem::path folder_;
  base::FileDescriptor held_;
  bool recorded_;  // in LOCK
};

// Keeps other processes from building in `folder` or removing it; the result is not open() when
// another process holds the folder. Errors of FileError.
absl::StatusOr<base::FileDescriptor> HoldFolder(const std::filesystem::path& folder);

}  // namespace broadsheet::storage
