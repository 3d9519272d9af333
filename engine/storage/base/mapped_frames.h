// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of a mapped frame file, for its reader and its writer.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/base/file_reader.h"
#include "engine/storage/base/table_file.h"

namespace broadsheet::storage {

// Entries may be damaged. The entry of a document is the end of its frame, in bytes from the start
// of the data; an empty text has no frame, so no bytes.
struct MappedFrames {
  base::MappedFile file;
  std::string_view dictionary;
  std::string_view data;
  std::span<const uint64_t> ends;
};

// More than any text (schema::kMaxArticleBytes is 8 MiB), so a damaged size is refused before
// memory is allocated.
inline constexpr uint64_t kMaxFrameTextBytes = 32 << 20;

absl::StatusOr<MappedFrames> MapFrames(const std::filesystem::path& path,
                                       const TableFileKind& kind);

absl::Status DamagedFrames(const std::filesystem::path& path, std::string_view why);

}  // namespace broadsheet::storage
