// SPDX-License-Identifier: GPL-3.0-or-later
// Joins the shards, in their order, into base/: one compacted Xapian database, one token file, one
// article file. Docids are contiguous over all shards.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "engine/indexing/bulk/progress.h"

namespace broadsheet::indexing {

struct MergeOptions {
  std::filesystem::path base;    // does not exist yet
  std::filesystem::path folder;  // for temporary files; it exists
  // The forms of the frequent words, which the shards' token runs refer to (WordTable).
  std::span<const uint32_t> frequent;
  std::string_view dictionary;  // the one that the shards' articles were written with
  uint64_t articles = 0;        // in all shards
};

// When this returns OK, every file of base/ is synced. INTERNAL when articles are missing from the
// result.
absl::Status MergeShards(const MergeOptions& options,
                         const std::vector<std::filesystem::path>& shards, Monitor& monitor);

}  // namespace broadsheet::indexing
