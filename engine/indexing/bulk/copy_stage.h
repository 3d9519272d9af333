// SPDX-License-Identifier: GPL-3.0-or-later
// Writes base/copies: tells which articles are copies of one another. It comes after the merge,
// when token runs and dates are there, and goes through them twice: once to sketch all articles,
// once from the oldest to the newest to compare each with the stories that were first published up
// to seven days before it. An article is a copy of the one of these that is most like it, or begins
// a story.
#pragma once

#include <cstdint>
#include <filesystem>

#include "absl/status/status.h"
#include "engine/indexing/bulk/progress.h"

namespace broadsheet::indexing {

struct CopyOptions {
  std::filesystem::path base;    // has the database, tokens and columns
  std::filesystem::path folder;  // for temporary files
  uint64_t token_seed = 0;
  // Bounds the stories of seven days that articles are compared with; where there are more, those
  // of fewer days. Beside it, 8 bytes an article are needed.
  uint64_t memory_bytes = 0;
  int threads = 1;
};

// When this returns OK, the file is synced. Errors of opening what is in base/, and of writing.
absl::Status WriteCopies(const CopyOptions& options, Monitor& monitor);

}  // namespace broadsheet::indexing
