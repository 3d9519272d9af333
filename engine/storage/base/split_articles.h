// SPDX-License-Identifier: GPL-3.0-or-later
// The articles of a base/ in two files: cards, which a hit shows, and bodies.
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
#include "engine/storage/base/stored_articles.h"
#include "engine/storage/table/frame_file.h"

namespace broadsheet::storage {

// A dictionary for each of the two files; none when there are too few samples.
struct ArticleDictionaries {
  PackingDictionary cards;
  PackingDictionary bodies;
};

// A sample of the articles: as many cards as bodies, that of the same article at the same place.
// Any may be cut.
struct ArticleSample {
  std::vector<std::string> cards;
  std::vector<std::string> bodies;
};

PackingDictionary TrainCardDictionary(const ArticleSample& sample);
PackingDictionary TrainBodyDictionary(const ArticleSample& sample);

// Writes articles in docid order, docid 1 first. Not thread-safe.
class SplitArticlesWriter {
 public:
  // Makes both files in `folder`.
  static absl::StatusOr<std::unique_ptr<SplitArticlesWriter>> Create(
      const std::filesystem::path& folder, const ArticleDictionaries& dictionaries);

  // INVALID_ARGUMENT when `serialized` is no broadsheet.v1.Article.
  absl::Status Append(std::string_view serialized);
  // Adds the articles of another folder, made with the same dictionaries, without unpacking.
  absl::Status AppendFolder(const std::filesystem::path& other);
  absl::Status Finish();

 private:
  SplitArticlesWriter(std::unique_ptr<FrameFileWriter> cards,
                      std::unique_ptr<FrameFileWriter> bodies);
  std::unique_ptr<FrameFileWriter> cards_;
  std::unique_ptr<FrameFileWriter> bodies_;
};

class SplitArticles : public StoredArticles {
 public:
  static absl::StatusOr<std::unique_ptr<SplitArticles>> Open(const std::filesystem::path& folder);

  uint32_t count() const override { return cards_->count(); }
  absl::Status ReadCard(uint32_t docid, std::string* card) const override;
  absl::Status ReadBody(uint32_t docid, std::string* body) const override;
  absl::Status ForEach(
      const std::function<absl::Status(uint32_t docid, v1::Article&&)>& sink) const override;

 private:
  SplitArticles(std::unique_ptr<FrameFile> cards, std::unique_ptr<FrameFile> bodies);
  std::unique_ptr<FrameFile> cards_;
  std::unique_ptr<FrameFile> bodies_;
};

}  // namespace broadsheet::storage
