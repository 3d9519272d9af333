// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/index/generation_claim.h"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>
#include <optional>
#include <system_error>
#include <utility>

#include "engine/base/file_error.h"
#include "engine/base/file_stamp.h"
#include "engine/base/file_writer.h"
#include "engine/storage/index/generation_state.h"

namespace broadsheet::storage {
namespace {

namespace fs = std::filesystem;

// Makes `folder` and holds it; nullopt when another process was first.
absl::StatusOr<std::optional<base::FileDescriptor>> MakeAndHold(const fs::path& folder) {
  std::error_code error;
  const bool made = fs::create_directory(folder, error);
  if (error) return base::FileError(error.value(), "cannot make the folder", folder);
  if (!made) return std::nullopt;
  absl::StatusOr<base::FileDescriptor> held = HoldFolder(folder);
  if (absl::IsNotFound(held.status())) return std::nullopt;
  if (!held.ok()) return held.status();
  // Another process may have removed the folder before it was held.
  if (!held->open() || !base::IsNamedBy(*held, folder)) return std::nullopt;
  // Or CURRENT might name a folder that a power cut has taken away.
  if (absl::Status named = base::SyncFolder(folder.parent_path()); !named.ok()) return named;
  return *std::move(held);
}

}  // namespace

absl::StatusOr<base::FileDescriptor> HoldFolder(const fs::path& folder) {
  base::FileDescriptor held(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!held.open()) return base::FileError(errno, "cannot open the folder", folder);
  if (::flock(held.get(), LOCK_EX | LOCK_NB) == 0) return held;
  if (errno == EWOULDBLOCK) return base::FileDescriptor();
  return base::FileError(errno, "cannot lock the folder", folder);
}

absl::StatusOr<GenerationClaim> GenerationClaim::Take(IndexLock& lock) {
  const Layout& layout = lock.layout();
  while (true) {
    const absl::StatusOr<uint64_t> number = lock.TakeGenerationNumber();
    if (!number.ok()) return number.status();
    auto held = MakeAndHold(layout.generation(*number));
    if (!held.ok()) return held.status();
    if (!held->has_value()) continue;
    return GenerationClaim(*number, layout.generation(*number), **std::move(held), true);
  }
}

absl::StatusOr<GenerationClaim> GenerationClaim::TakeBeside(const Layout& layout) {
  while (true) {
    const uint64_t number = IndexLock::LastNumber(layout) + 1;
    auto held = MakeAndHold(layout.generation(number));
    if (!held.ok()) return held.status();
    if (!held->has_value()) continue;
    GenerationClaim claim(number, layout.generation(number), **std::move(held), false);
    // The lock's holder may have taken, used and removed this number since it was read.
    if (IndexLock::LastRecordedNumber(layout) < number) return claim;
    std::error_code ignored;
    fs::remove(claim.folder(), ignored);
  }
}

void GenerationClaim::Abandon() const {
  const base::FileDescriptor manifest(
      ::open((folder_ / kManifestName).c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  // Another process has published it meanwhile, and has it open.
  if (manifest.open() && ::flock(manifest.get(), LOCK_EX | LOCK_NB) != 0) return;
  if (recorded_) return RemoveGeneration(folder_).IgnoreError();
  std::error_code ignored;
  fs::remove(folder_ / kManifestName, ignored);
  fs::directory_iterator entries(folder_, ignored);
  for (; !ignored && entries != fs::directory_iterator(); entries.increment(ignored)) {
    std::error_code each;
    fs::remove_all(entries->path(), each);
  }
}

}  // namespace broadsheet::storage
