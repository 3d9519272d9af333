// SPDX-License-Identifier: GPL-3.0-or-later
// The folder of a generation that is being built: its number is taken for good, and those who clean
// up leave it alone.
#pragma once

#include <cstdint>
#include <filesystem>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/base/file_descriptor.h"
#include "engine/storage/index/index_lock.h"
#include "engine/storage/index/layout.h"

namespace broadsheet::storage {

// Movable. Holds an exclusive flock on the folder, which the kernel frees when the process dies:
// then the folder is an abandoned one.
class GenerationClaim {
 public:
  // Takes the next number under the index's lock, and makes the folder. Errors of
  // IndexLock::TakeGenerationNumber and FileError.
  static absl::StatusOr<GenerationClaim> Take(IndexLock& lock);

  // The same beside the process that holds the lock. The folder alone says that the number is
  // taken, so it stays, empty, when the build is abandoned: who removes it holds the lock and
  // records the number first (RemoveAbandoned).
  static absl::StatusOr<GenerationClaim> TakeBeside(const Layout& layout);

  uint64_t number() const { return number_; }
  const std::filesystem::path& folder() const { return folder_; }

  // Removes what was built, as far as that can be done now, unless a process has it open as a
  // generation; MANIFEST first, so that what is left is seen to be abandoned.
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

// Holds `folder` against being built in or removed by another process; not open() when another
// holds it. Errors of FileError.
absl::StatusOr<base::FileDescriptor> HoldFolder(const std::filesystem::path& folder);

}  // namespace broadsheet::storage
