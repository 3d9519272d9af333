// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/articles_by_id.h"

#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "engine/query/encoded_response.h"
#include "engine/schema/article.h"

namespace broadsheet::query {

absl::StatusOr<v1::Article> FindVisible(const storage::Snapshot& snapshot, const std::string& id,
                                        absl::Time now) {
  const absl::StatusOr<storage::DocRef> doc = snapshot.FindId(id);
  if (!doc.ok()) return doc.status();
  absl::StatusOr<v1::Article> article = snapshot.ReadArticle(*doc);
  if (article.ok() && !schema::IsReleased(*article, now)) {
    return absl::NotFoundError("the article is withheld, cancelled or under embargo");
  }
  return article;
}

absl::StatusOr<v1::BatchGetArticlesResponse> ReadArticles(
    const google::protobuf::RepeatedPtrField<std::string>& ids, const ReadMask& mask,
    FindArticle find, const base::CallControl& call) {
  v1::BatchGetArticlesResponse response;
  // Where the article with an id stands in the response; nullopt = there is none.
  std::unordered_map<std::string_view, std::optional<int>> places;
  for (size_t bytes = 0; const std::string& id : ids) {
    if (absl::Status status = call.Check(); !status.ok()) return status;
    const auto [entry, is_new] = places.try_emplace(id, std::nullopt);
    std::optional<int>& place = entry->second;
    if (is_new) {
      absl::StatusOr<v1::Article> article = find(id);
      if (article.ok()) {
        mask.Apply(&*article);
        place = response.articles_size();
        *response.add_articles() = *std::move(article);
      } else if (!absl::IsNotFound(article.status())) {
        return article.status();
      }
    }
    if (!place) {
      response.add_missing_ids(id);
      continue;
    }
    // What comes again is measured before it is copied.
    bytes += response.articles(*place).ByteSizeLong();
    if (absl::Status large = CheckAnswerSize(bytes, "ids"); !large.ok()) return large;
    if (!is_new) *response.add_articles() = response.articles(*place);
  }
  return response;
}

}  // namespace broadsheet::query
