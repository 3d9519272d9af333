// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/index/generations.h"

#include <fcntl.h>
#include <sys/file.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <filesystem>
#include <string>
#include <system_error>

#include "engine/base/file_descriptor.h"
#include "engine/base/file_error.h"
#include "engine/base/folder_size.h"
#include "engine/storage/index/current.h"

namespace broadsheet::storage {
namespace {

namespace fs = std::filesystem;

// Numbers of the folders in generations/, ascending. Ignores other names.
absl::StatusOr<std::vector<uint64_t>> ListNumbers(const Layout& layout) {
  std::vector<uint64_t> numbers;
  std::error_code error;
  fs::directory_iterator entries(layout.generations(), error);
  for (; !error && entries != fs::directory_iterator(); entries.increment(error)) {
    const std::string name = entries->path().filename().string();
    uint64_t number = 0;
    const auto [rest, wrong] = std::from_chars(name.data(), name.data() + name.size(), number);
    const bool ours = wrong == std::errc() && rest == name.data() + name.size();
    if (ours && layout.generation(number) == entries->path()) numbers.push_back(number);
  }
  if (error && error != std::errc::no_such_file_or_directory) {
    return base::FileError(error.value(), "cannot list folder", layout.generations());
  }
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

bool IsUnfinished(const fs::path& folder) {
  return ReadGenerationState(folder) == GenerationState::kUnfinished;
}

enum class Wanted : uint8_t { kAny, kUnfinished };

// Removes a generation unless a process has it open (Generation holds a shared lock on MANIFEST) or
// builds in it (GenerationClaim holds the folder). Keeps both locks while removing, so that nobody
// opens the generation meanwhile. Records the number in `lock` first, so that it is never used
// again.
absl::StatusOr<bool> RemoveUnlessHeld(uint64_t number, IndexLock& lock, Wanted wanted) {
  const fs::path folder = lock.layout().generation(number);
  const absl::StatusOr<base::FileDescriptor> held = HoldFolder(folder);
  if (absl::IsNotFound(held.status())) return false;
  if (!held.ok()) return held.status();
  if (!held->open()) return false;
  // A build may have finished since its state was read.
  if (wanted == Wanted::kUnfinished && !IsUnfinished(folder)) return false;
  const fs::path path = folder / kManifestName;
  const base::FileDescriptor manifest(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!manifest.open() && errno != ENOENT) return base::FileError(errno, "cannot open", path);
  if (manifest.open() && ::flock(manifest.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK) return false;
    return base::FileError(errno, "cannot lock", path);
  }
  if (absl::Status status = lock.RecordNumber(number); !status.ok()) return status;
  if (absl::Status status = RemoveGeneration(folder); !status.ok()) return status;
  return true;
}

}  // namespace

GenerationInfo InspectGeneration(const Layout& layout, uint64_t number) {
  const absl::StatusOr<GenerationRef> current = ReadCurrent(layout);
  const fs::path folder = layout.generation(number);
  GenerationInfo info;
  info.number = number;
  info.current = current.ok() && current->number == number;
  info.bytes_on_disk = base::BytesIn(folder);
  info.state = ReadGenerationState(folder);
  absl::StatusOr<Manifest> manifest = ReadManifest(folder);
  info.problem = manifest.status();
  if (!manifest.ok()) return info;
  info.manifest = *std::move(manifest);
  if (info.state == GenerationState::kUnfinished) {
    info.problem = absl::NotFoundError("a build that is running or never finished");
  }
  return info;
}

absl::StatusOr<std::vector<GenerationInfo>> ListGenerations(const Layout& layout) {
  const absl::StatusOr<std::vector<uint64_t>> numbers = ListNumbers(layout);
  if (!numbers.ok()) return numbers.status();
  std::vector<GenerationInfo> infos;
  for (const uint64_t number : *numbers) infos.push_back(InspectGeneration(layout, number));
  return infos;
}

absl::StatusOr<std::vector<uint64_t>> RemoveAbandoned(IndexLock& lock) {
  const Layout& layout = lock.layout();
  const absl::StatusOr<std::vector<uint64_t>> numbers = ListNumbers(layout);
  if (!numbers.ok()) return numbers.status();
  const absl::StatusOr<GenerationRef> current = ReadCurrent(layout);
  std::vector<uint64_t> removed;
  for (const uint64_t number : *numbers) {
    if (current.ok() && current->number == number) continue;
    if (!IsUnfinished(layout.generation(number))) continue;
    const absl::StatusOr<bool> gone = RemoveUnlessHeld(number, lock, Wanted::kUnfinished);
    if (!gone.ok()) return gone.status();
    if (*gone) removed.push_back(number);
  }
  return removed;
}

absl::StatusOr<GenerationClaim> ClaimNext(IndexLock& lock) {
  if (const auto removed = RemoveAbandoned(lock); !removed.ok()) return removed.status();
  return GenerationClaim::Take(lock);
}

absl::StatusOr<std::vector<uint64_t>> Prune(IndexLock& lock, size_t keep) {
  const Layout& layout = lock.layout();
  const absl::StatusOr<GenerationRef> current = ReadCurrent(layout);
  if (!current.ok()) return current.status();
  absl::StatusOr<std::vector<uint64_t>> numbers = ListNumbers(layout);
  if (!numbers.ok()) return numbers.status();
  std::reverse(numbers->begin(), numbers->end());
  std::vector<uint64_t> removed;
  for (const uint64_t number : *numbers) {
    const GenerationState state = ReadGenerationState(layout.generation(number));
    if (number == current->number || state == GenerationState::kUnfinished) continue;
    if (number < current->number && keep > 0 && state == GenerationState::kPublished) {
      --keep;
      continue;
    }
    const absl::StatusOr<bool> gone = RemoveUnlessHeld(number, lock, Wanted::kAny);
    if (!gone.ok()) return gone.status();
    if (*gone) removed.push_back(number);
  }
  return removed;
}

}  // namespace broadsheet::storage
