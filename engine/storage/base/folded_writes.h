// SPDX-License-Identifier: GPL-3.0-or-later
// base/written: which ids were written since the articles last came from sources, and were folded
// into base/ by a rebuild. With live/, it tells what is at stake when a generation from other
// sources takes this one's place.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace broadsheet::storage {

// The last word on an id.
struct WrittenId {
  std::string id;
  // Set when it was deleted: the version of what was. Otherwise it was put.
  std::optional<int64_t> deleted_version = std::nullopt;
  bool operator==(const WrittenId&) const = default;
};

// Writes and syncs the file; none for an empty list. Errors of FileError.
absl::Status WriteFoldedWrites(const std::filesystem::path& base,
                               const std::vector<WrittenId>& written);

// Empty when there is no file. DATA_LOSS when it holds something else; errors of FileError.
absl::StatusOr<std::vector<WrittenId>> ReadFoldedWrites(const std::filesystem::path& base);

}  // namespace broadsheet::storage
