// SPDX-License-Identifier: GPL-3.0-or-later
// base/articles: whole Articles in zstd blocks with a shared dictionary, addressed by docid.
// Layout in docs/index_format.md.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "broadsheet/v1/article.pb.h"

namespace broadsheet::storage {

// A zstd dictionary, trained on serialised Articles. One dictionary serves a whole file, so that
// blocks can be small and a single article is read quickly. Empty when there are too few samples.
std::string TrainArticleDictionary(const std::vector<std::string>& samples);

// Writes articles in docid order, docid 1 first. Not thread-safe.
class ArticleFileWriter {
 public:
  static absl::StatusOr<std::unique_ptr<ArticleFileWriter>> Create(
      const std::filesystem::path& path, std::string_view dictionary);
  virtual ~ArticleFileWriter() = default;
  // `serialized` is a broadsheet.v1.Article.
  virtual absl::Status Append(std::string_view serialized) = 0;
  // Adds the blocks of another finished file, made with the same dictionary, without unpacking.
  virtual absl::Status AppendFile(const std::filesystem::path& other) = 0;
  virtual absl::Status Finish() = 0;
};

// Immutable; safe from any thread.
class ArticleFile {
 public:
  static absl::StatusOr<std::unique_ptr<ArticleFile>> Open(const std::filesystem::path& path);
  ~ArticleFile();
  ArticleFile(const ArticleFile&) = delete;
  ArticleFile& operator=(const ArticleFile&) = delete;

  uint32_t count() const;
  // OUT_OF_RANGE for a docid outside 1..count(); DATA_LOSS when the block does not unpack.
  absl::StatusOr<v1::Article> Read(uint32_t docid) const;
  // All articles in docid order, each block unpacked once. Stops at the first error, also one of
  // `sink`.
  absl::Status ForEach(
      const std::function<absl::Status(uint32_t docid, v1::Article&&)>& sink) const;

 private:
  struct Impl;
  explicit ArticleFile(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace broadsheet::storage
