// SPDX-License-Identifier: GPL-3.0-or-later
// One shard: the files of base/ for a contiguous part of the ordered articles. A Xapian database
// without positions, a token file, cards and bodies, numbered from docid 1.
//
// Packing, analysing and adding to a database each fill the processor's caches with tables of their
// own, so each is done for all articles before the next begins: a seventh of the time, measured.
#pragma once

#include <xapian.h>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "broadsheet/v1/article.pb.h"
#include "engine/indexing/bulk/article_counts.h"
#include "engine/indexing/document/document_terms.h"
#include "engine/storage/base/run_packer.h"
#include "engine/storage/base/split_articles.h"
#include "engine/storage/base/token_file.h"

namespace broadsheet::indexing {

// The most articles in one shard: fewer than Xapian's automatic flush (10,000), so that a shard's
// postings are written once, in order, when it is finished.
inline constexpr uint32_t kMaxShardArticles = 9999;

// Inside a shard's folder.
std::filesystem::path ShardDatabase(const std::filesystem::path& shard);
std::filesystem::path ShardTokens(const std::filesystem::path& shard);

// Not thread-safe; used by one thread from Create to Finish.
class ShardWriter {
 public:
  // Makes `folder`. The analyser and the packer outlive the writer.
  static absl::StatusOr<std::unique_ptr<ShardWriter>> Create(
      const std::filesystem::path& folder, const storage::ArticleDictionaries& dictionaries,
      DocumentAnalyzer* analyzer, storage::RunPacker* packer);

  // `serialized` is a prepared Article. Store is called for every article of the shard, in order,
  // and Analyze likewise. Any error ends the shard and the build: articles were checked when they
  // were accepted.
  absl::Status Store(std::string_view serialized) { return articles_->Append(serialized); }
  absl::Status Analyze(std::string_view serialized);
  // INTERNAL names the article that Xapian refused.
  absl::Status Finish();

  const ArticleCounts& counts() const { return counts_; }

 private:
  ShardWriter(std::filesystem::path folder, DocumentAnalyzer* analyzer, storage::RunPacker* packer);
  // An analysed article that is not in the database yet.
  struct Waiting {
    std::string id;
    std::string bytes;  // of the terms
    DocumentTerms terms;
  };

  void Await(const DocumentTerms& terms);
  absl::Status AddWaiting();

  const std::filesystem::path folder_;
  DocumentAnalyzer* const analyzer_;
  storage::RunPacker* const packer_;
  Xapian::WritableDatabase database_;
  std::unique_ptr<storage::TokenFileWriter> tokens_;
  std::unique_ptr<storage::SplitArticlesWriter> articles_;
  ArticleCounts counts_;
  v1::Article article_;
  std::deque<Waiting> waiting_;  // does not move them: terms refer to their bytes
};

}  // namespace broadsheet::indexing
