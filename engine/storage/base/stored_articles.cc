// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/base/stored_articles.h"

#include <utility>

#include "absl/strings/str_format.h"

namespace broadsheet::storage {

absl::StatusOr<v1::Article> ParseCard(const std::string& card, const std::string& what) {
  v1::Article article;
  if (article.ParseFromString(card)) return article;
  return absl::DataLossError(absl::StrFormat("%s is damaged: it is no article", what));
}

absl::StatusOr<v1::Article> StoredArticles::Read(uint32_t docid) const {
  std::string bytes;
  if (absl::Status status = ReadCard(docid, &bytes); !status.ok()) return status;
  absl::StatusOr<v1::Article> article = ParseCard(bytes, absl::StrFormat("article %d", docid));
  if (!article.ok()) return article;
  if (absl::Status status = ReadBody(docid, &bytes); !status.ok()) return status;
  article->set_body(std::move(bytes));
  return article;
}

}  // namespace broadsheet::storage
