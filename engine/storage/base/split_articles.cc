// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/base/split_articles.h"

#include <optional>
#include <utility>

#include "absl/strings/str_format.h"
#include "engine/storage/base/article_wire.h"
#include "engine/storage/index/layout.h"

namespace broadsheet::storage {

PackingDictionary TrainCardDictionary(const ArticleSample& sample) {
  return TrainDictionary(kCardFrames, sample.cards);
}

PackingDictionary TrainBodyDictionary(const ArticleSample& sample) {
  return TrainDictionary(kBodyFrames, sample.bodies);
}

SplitArticlesWriter::SplitArticlesWriter(std::unique_ptr<FrameFileWriter> cards,
                                         std::unique_ptr<FrameFileWriter> bodies)
    : cards_(std::move(cards)), bodies_(std::move(bodies)) {}

absl::StatusOr<std::unique_ptr<SplitArticlesWriter>> SplitArticlesWriter::Create(
    const std::filesystem::path& folder, const ArticleDictionaries& dictionaries) {
  auto cards = FrameFileWriter::Create(folder / kCardsName, kCardFrames, dictionaries.cards);
  if (!cards.ok()) return cards.status();
  auto bodies = FrameFileWriter::Create(folder / kBodiesName, kBodyFrames, dictionaries.bodies);
  if (!bodies.ok()) return bodies.status();
  return std::unique_ptr<SplitArticlesWriter>(
      new SplitArticlesWriter(*std::move(cards), *std::move(bodies)));
}

absl::Status SplitArticlesWriter::Append(std::string_view serialized) {
  const std::optional<SplitArticle> split = SplitBody(serialized);
  if (!split) return absl::InvalidArgumentError("cannot store what is no article");
  if (absl::Status status = cards_->Append(split->card); !status.ok()) return status;
  return bodies_->Append(split->body);
}

absl::Status SplitArticlesWriter::AppendFolder(const std::filesystem::path& other) {
  if (absl::Status status = cards_->AppendFile(other / kCardsName); !status.ok()) return status;
  return bodies_->AppendFile(other / kBodiesName);
}

absl::Status SplitArticlesWriter::Finish() {
  if (absl::Status status = cards_->Finish(); !status.ok()) return status;
  return bodies_->Finish();
}

SplitArticles::SplitArticles(std::unique_ptr<FrameFile> cards, std::unique_ptr<FrameFile> bodies)
    : cards_(std::move(cards)), bodies_(std::move(bodies)) {}

absl::StatusOr<std::unique_ptr<SplitArticles>> SplitArticles::Open(
    const std::filesystem::path& folder) {
  auto cards = FrameFile::Open(folder / kCardsName, kCardFrames);
  if (!cards.ok()) return cards.status();
  auto bodies = FrameFile::Open(folder / kBodiesName, kBodyFrames);
  if (!bodies.ok()) return bodies.status();
  if ((*cards)->count() != (*bodies)->count()) {
    return absl::DataLossError(absl::StrFormat("%s is damaged: it has %d cards and %d bodies",
                                               folder.string(), (*cards)->count(),
                                               (*bodies)->count()));
  }
  return std::unique_ptr<SplitArticles>(new SplitArticles(*std::move(cards), *std::move(bodies)));
}

absl::Status SplitArticles::ReadCard(uint32_t docid, std::string* card) const {
  return cards_->Read(docid, card);
}

absl::Status SplitArticles::ReadBody(uint32_t docid, std::string* body) const {
  return bodies_->Read(docid, body);
}

absl::Status SplitArticles::ForEach(
    const std::function<absl::Status(uint32_t docid, v1::Article&&)>& sink) const {
  for (uint32_t docid = 1; docid <= count(); ++docid) {
    absl::StatusOr<v1::Article> article = Read(docid);
    if (!article.ok()) return article.status();
    if (absl::Status status = sink(docid, *std::move(article)); !status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace broadsheet::storage
