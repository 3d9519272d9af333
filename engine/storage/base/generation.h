// SPDX-License-Identifier: GPL-3.0-or-later
// A published generation, opened: its manifest, token runs, columns and articles, shared by all
// threads.
#pragma once

#include <filesystem>
#include <memory>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/base/file_descriptor.h"
#include "engine/base/mutex.h"
#include "engine/storage/base/document_frequencies.h"
#include "engine/storage/base/stored_articles.h"
#include "engine/storage/base/token_file.h"
#include "engine/storage/base/vector_norms.h"
#include "engine/storage/columns/columns.h"
#include "engine/storage/copies/copy_table.h"
#include "engine/storage/index/layout.h"
#include "engine/storage/index/manifest.h"
#include "engine/storage/vocabulary/vocabulary.h"

namespace broadsheet::storage {

// Immutable and safe from any thread. Holds a shared flock on its MANIFEST, so that Prune keeps the
// folder while any process has it open.
class Generation {
 public:
  // The generation that CURRENT names. Errors as ReadCurrent and ReadManifest; DATA_LOSS when a
  // file is missing or differs in size from MANIFEST, when the build id differs from CURRENT, or
  // when the content of the database's small root file differs; ABORTED when the generation is
  // being removed (CURRENT names another one by now: try again). Each message is one line that
  // names the path and the remedy. Does not read file contents through; VerifyGeneration does.
  static absl::StatusOr<std::shared_ptr<const Generation>> OpenCurrent(const Layout& layout,
                                                                       Use use = Use::kSearch);
  static absl::StatusOr<std::shared_ptr<const Generation>> Open(const std::filesystem::path& folder,
                                                                Use use = Use::kSearch);

  const std::filesystem::path& folder() const { return folder_; }
  // The index that contains it.
  Layout layout() const { return Layout::OfGeneration(folder_); }
  const Manifest& manifest() const { return manifest_; }
  // False for a generation of an earlier format, opened for its stored articles.
  bool has_tokens() const { return tokens_ != nullptr; }
  // Only when has_tokens().
  const TokenFile& tokens() const { return *tokens_; }
  // Only when has_tokens().
  const VectorNorms& norms() const { return *norms_; }
  // Only when has_tokens().
  const Columns& columns() const { return *columns_; }
  // Only when has_tokens().
  const CopyTable& copies() const { return *copies_; }
  // Only when has_tokens().
  const Vocabulary& vocabulary() const { return *vocabulary_; }
  const StoredArticles& articles() const { return *articles_; }
  // Those of base, of which the caller passes an open handle. Counted at the first call, while
  // other threads that ask wait. Throws what Xapian throws.
  std::shared_ptr<const DocumentFrequencies> Frequencies(const Xapian::Database& base) const;

 private:
  Generation() = default;
  absl::Status Hold();
  absl::Status CheckFiles() const;
  absl::Status OpenFiles();
  absl::Status OpenTokens(const std::filesystem::path& base);
  absl::Status OpenColumns(const std::filesystem::path& base);
  absl::Status OpenCopies(const std::filesystem::path& base);
  absl::Status OpenVocabulary(const std::filesystem::path& base);
  absl::Status OpenArticles(const std::filesystem::path& base);

  std::filesystem::path folder_;
  base::FileDescriptor hold_;
  Manifest manifest_;
  std::unique_ptr<TokenFile> tokens_;
  std::unique_ptr<VectorNorms> norms_;
  std::unique_ptr<Columns> columns_;
  std::unique_ptr<CopyTable> copies_;
  std::unique_ptr<Vocabulary> vocabulary_;
  std::unique_ptr<StoredArticles> articles_;
  mutable base::Mutex mutex_;
  mutable std::shared_ptr<const DocumentFrequencies> frequencies_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace broadsheet::storage
