// SPDX-License-Identifier: GPL-3.0-or-later
// base/written: the ids that were written since the articles last came from sources, and that a
// rebuild has folded into base/. These and live/ are the writes at stake when a generation built
// from other sources replaces this one.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace broadsheet::storage {

// The last write to an id.
struct WrittenId {
  std::string id;
  // Set if the write was a deletion: the version of the deleted article. Absent if it was a put.
  std::optional<int64_t> deleted_version = std::nullopt;
  bool operator==(const WrittenId&) const = default;
};

// Writes and syncs the file; makes none for an empty list. Errors of FileError.
absl::Status WriteFoldedWrites(const std::filesystem::path& base,
                               const std::vector<WrittenId>& written);

// Empty when there is no file. DATA_LOSS when the file is damaged; errors of FileError.
absl::StatusOr<std::vector<WrittenId>> ReadFoldedWrites(const std::filesystem::path& base);

}  // namespace broadsheet::storage
