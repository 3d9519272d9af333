// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/live/id_lookup.h"

#include <string>
#include <utility>

#include "absl/strings/str_format.h"
#include "engine/schema/terms.h"

namespace broadsheet::storage {

absl::StatusOr<FoundArticle> FindArticle(const Xapian::Database& database, std::string_view id,
                                         const ArticleReader& read) {
  const std::string term = schema::IdTerm(id);
  for (auto docid = database.postlist_begin(term); docid != database.postlist_end(term); ++docid) {
    absl::StatusOr<v1::Article> article = read(*docid);
    if (absl::IsNotFound(article.status())) continue;
    if (!article.ok()) return article.status();
    // The term of a long id is a hash, so the ids are compared.
    if (article->id() == id) return FoundArticle{*docid, *std::move(article)};
  }
  return absl::NotFoundError(
      absl::StrFormat("there is no article with id \"%s\"", std::string(id)));
}

absl::Status DamagedLiveArticle(uint32_t docid) {
  return absl::DataLossError(absl::StrFormat("article %d of live/ is damaged", docid));
}

absl::StatusOr<v1::Article> ReadLiveArticle(const Xapian::Database& live, uint32_t docid) {
  v1::Article article;
  if (!article.ParseFromString(live.get_document(docid).get_data())) {
    return DamagedLiveArticle(docid);
  }
  return article;
}

}  // namespace broadsheet::storage
