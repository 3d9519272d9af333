// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/index/generation_state.h"

#include <system_error>

#include "engine/base/file_error.h"
#include "engine/base/file_writer.h"
#include "engine/storage/index/layout.h"

namespace broadsheet::storage {

bool IsUnfinished(const std::filesystem::path& generation) {
  std::error_code error;
  return std::filesystem::exists(generation / kWorkName, error) && !WasPublished(generation);
}

absl::Status RemoveWorkFolder(const std::filesystem::path& generation) {
  std::error_code error;
  const auto removed = std::filesystem::remove_all(generation / kWorkName, error);
  if (!error && removed == 0) return absl::OkStatus();
  if (error) return base::FileError(error.value(), "cannot remove", generation / kWorkName);
  return base::SyncFolder(generation);
}

bool WasPublished(const std::filesystem::path& generation) {
  std::error_code ignored;
  return std::filesystem::exists(generation / kPublishedName, ignored);
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
