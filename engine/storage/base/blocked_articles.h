// SPDX-License-Identifier: GPL-3.0-or-later
// base/articles of formats 1 and 2: whole Articles in zstd blocks with a shared dictionary. Only
// generations of these formats have it; rebuild, snapshot and restore read it. Layout in
// docs/index_format.md.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "broadsheet/v1/article.pb.h"
#include "engine/storage/base/stored_articles.h"

namespace broadsheet::storage {

class BlockedArticles : public StoredArticles {
 public:
  static absl::StatusOr<std::unique_ptr<BlockedArticles>> Open(const std::filesystem::path& path);
  ~BlockedArticles() override;
  BlockedArticles(const BlockedArticles&) = delete;
  BlockedArticles& operator=(const BlockedArticles&) = delete;

  uint32_t count() const override;
  absl::Status ReadCard(uint32_t docid, std::string* card) const override;
  absl::Status ReadBody(uint32_t docid, std::string* body) const override;
  // Unpacks each block once.
  absl::Status ForEach(
      const std::function<absl::Status(uint32_t docid, v1::Article&&)>& sink) const override;

 private:
  struct Impl;
  explicit BlockedArticles(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace broadsheet::storage
