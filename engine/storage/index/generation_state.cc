// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/index/generation_state.h"

#include <system_error>

#include "engine/base/file_error.h"
#include "engine/base/file_writer.h"
#include "engine/storage/index/layout.h"

namespace broadsheet::storage {
namespace {

enum class Answer : uint8_t { kNo, kYes, kUnknown };

Answer IsThere(const std::filesystem::path& path) {
  std::error_code error;
  const bool there = std::filesystem::exists(path, error);
  if (error) return Answer::kUnknown;
  return there ? Answer::kYes : Answer::kNo;
}

}  // namespace

GenerationState ReadGenerationState(const std::filesystem::path& generation) {
  if (IsThere(generation / kManifestName) == Answer::kNo) return GenerationState::kUnfinished;
  if (IsThere(generation / kPublishedName) != Answer::kNo) return GenerationState::kPublished;
  return IsThere(generation / kWorkName) == Answer::kYes ? GenerationState::kUnfinished
                                                         : GenerationState::kFinished;
}

absl::Status MarkFinished(const std::filesystem::path& generation) {
  std::error_code error;
  const auto removed = std::filesystem::remove_all(generation / kWorkName, error);
  if (!error && removed == 0) return absl::OkStatus();
  if (error) return base::FileError(error.value(), "cannot remove", generation / kWorkName);
  return base::SyncFolder(generation);
}

absl::Status RemoveGeneration(const std::filesystem::path& generation) {
  std::error_code error;
  std::filesystem::remove(generation / kManifestName, error);
  if (error) return base::FileError(error.value(), "cannot remove", generation / kManifestName);
  if (absl::Status status = base::SyncFolder(generation); !status.ok()) return status;
  std::filesystem::remove_all(generation, error);
  if (error) return base::FileError(error.value(), "cannot remove", generation);
  return absl::OkStatus();
}

}  // namespace broadsheet::storage
