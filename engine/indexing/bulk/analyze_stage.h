// SPDX-License-Identifier: GPL-3.0-or-later
// The stage that takes most of a build's time: worker threads take contiguous slices of the ordered
// articles and make one shard of each slice.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/indexing/bulk/article_counts.h"
#include "engine/indexing/bulk/progress.h"
#include "engine/indexing/bulk/spool.h"
#include "engine/indexing/bulk/word_stage.h"
#include "engine/storage/base/run_packer.h"
#include "engine/storage/base/split_articles.h"

namespace broadsheet::indexing {

struct AnalyzeOptions {
  std::filesystem::path folder;  // for the shards; it exists
  storage::ArticleDictionaries dictionaries;
  const storage::FormNumbers& frequent;  // the words that token runs have codes of their own for
  uint64_t token_seed = 0;
  std::string assumed_language;  // AssumedLanguage::tag
  WordStage& words;              // gathers the words of all articles
  int threads = 1;
  // Bounds slices, the queue and the shards being made; only a very large article exceeds it.
  uint64_t memory_bytes = 200ULL << 20;
};

struct Shards {
  std::vector<std::filesystem::path> folders;  // in the order of the articles
  ArticleCounts counts;
};

// Returns when all workers have ended. The first error, or CANCELLED, stops them all.
absl::StatusOr<Shards> AnalyzeArticles(const AnalyzeOptions& options, OrderedArticles& articles,
                                       Monitor& monitor);

}  // namespace broadsheet::indexing
