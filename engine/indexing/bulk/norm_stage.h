// SPDX-License-Identifier: GPL-3.0-or-later
// Writes base/norms. What a word tells depends on all articles, so this comes after the merge: one
// walk over all token runs.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "engine/indexing/bulk/progress.h"

namespace broadsheet::indexing {

struct NormOptions {
  std::filesystem::path base;          // has the database and the tokens
  std::vector<std::string> languages;  // whose stop words count for nothing: QueryLanguages()
  uint64_t token_seed = 0;
  int threads = 1;
};

// When this returns OK, the file is synced. Errors of opening what is in base/, and of writing.
absl::Status WriteNorms(const NormOptions& options, Monitor& monitor);

}  // namespace broadsheet::indexing
