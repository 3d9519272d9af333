// SPDX-License-Identifier: GPL-3.0-or-later
// Writes base/values, base/columns and base/headlines. Values are numbered in their order, which is
// known once all articles have been read, so this comes once all cards are joined: one walk over
// them, and three sorts within a memory budget.
#pragma once

#include <cstdint>
#include <filesystem>

#include "absl/status/status.h"
#include "engine/indexing/bulk/progress.h"

namespace broadsheet::indexing {

struct ColumnOptions {
  std::filesystem::path base;    // has the cards
  std::filesystem::path folder;  // for temporary files; it exists
  uint64_t memory_bytes = 64ULL << 20;
};

// When this returns OK, the files are synced. Errors of reading the cards, and of writing.
absl::Status WriteColumns(const ColumnOptions& options, Monitor& monitor);

}  // namespace broadsheet::indexing
