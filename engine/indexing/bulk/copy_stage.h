// SPDX-License-Identifier: GPL-3.0-or-later
// Writes base/copies: tells which articles are copies of one another. It comes after the merge,
// when articles and dates are there, and goes through them twice: once to sketch all, once from the
// oldest to the newest to put them together as stories (story_maker.h).
#pragma once

#include <cstdint>
#include <filesystem>

#include "absl/status/status.h"
#include "engine/indexing/bulk/progress.h"

namespace broadsheet::indexing {

struct CopyOptions {
  std::filesystem::path base;    // has the database, articles and columns
  std::filesystem::path folder;  // for temporary files
  // Bounds the articles of seven days that others are compared with; where there are more, those of
  // fewer days. Beside it, 12 bytes an article are needed.
  uint64_t memory_bytes = 0;
  int threads = 1;
};

// When this returns OK, the file is synced. Errors of opening what is in base/, and of writing.
absl::Status WriteCopies(const CopyOptions& options, Monitor& monitor);

}  // namespace broadsheet::indexing
