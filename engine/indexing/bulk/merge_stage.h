// SPDX-License-Identifier: GPL-3.0-or-later
// Joins the shards, in their order, into base/: one compacted Xapian database, one token file, one
// file of cards, one of bodies. Docids are contiguous over all shards. The columns are made of the
// cards while the databases are compacted.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "absl/status/status.h"
#include "engine/indexing/bulk/column_stage.h"
#include "engine/indexing/bulk/progress.h"
#include "engine/storage/base/split_articles.h"

namespace broadsheet::indexing {

struct MergeOptions {
  std::filesystem::path base;    // does not exist yet
  std::filesystem::path folder;  // for temporary files; it exists
  // The forms of the frequent words, which the shards' token runs refer to (WordTable).
  std::span<const uint32_t> frequent;
  storage::ArticleDictionaries dictionaries;  // those that the shards were written with
  uint64_t articles = 0;                      // in all shards
  ColumnOptions columns;                      // for the same base
};

// When this returns OK, every file of base/ is synced. INTERNAL when articles are missing from the
// result.
absl::Status MergeShards(const MergeOptions& options,
                         const std::vector<std::filesystem::path>& shards, Monitor& monitor);

}  // namespace broadsheet::indexing
