// SPDX-License-Identifier: GPL-3.0-or-later
// A published generation, opened: its manifest, token runs and articles, shared by all threads.
#pragma once

#include <filesystem>
#include <memory>

#include "absl/status/statusor.h"
#include "engine/storage/article_file.h"
#include "engine/storage/layout.h"
#include "engine/storage/manifest.h"
#include "engine/storage/token_file.h"

namespace broadsheet::storage {

// Immutable and safe from any thread. Holds file mappings, so it works on even when its folder is
// removed.
class Generation {
 public:
  // The generation that CURRENT names. Errors as ReadCurrent and ReadManifest; DATA_LOSS when a
  // file is missing or has another size than MANIFEST says. Each message is one line that names
  // the path and what to do.
  static absl::StatusOr<std::shared_ptr<const Generation>> OpenCurrent(const Layout& layout);
  static absl::StatusOr<std::shared_ptr<const Generation>> Open(
      const std::filesystem::path& folder);

  const std::filesystem::path& folder() const { return folder_; }
  const Manifest& manifest() const { return manifest_; }
  const TokenFile& tokens() const { return *tokens_; }
  const ArticleFile& articles() const { return *articles_; }

 private:
  Generation() = default;
  std::filesystem::path folder_;
  Manifest manifest_;
  std::unique_ptr<TokenFile> tokens_;
  std::unique_ptr<ArticleFile> articles_;
};

}  // namespace broadsheet::storage
