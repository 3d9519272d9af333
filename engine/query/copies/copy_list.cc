// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/copies/copy_list.h"

#include <xxhash.h>

#include <algorithm>
#include <cstdint>
#include <tuple>
#include <utility>
#include <vector>

#include "engine/copies/likeness.h"
#include "engine/copies/shingles.h"
#include "engine/query/copies/story_articles.h"
#include "engine/schema/error.h"

namespace broadsheet::query {
namespace {

constexpr uint32_t kDefaultCopies = 10;
constexpr uint32_t kMostCopies = 1000;

bool ComesAfter(const StoryArticle& article, const std::optional<DateKey>& key) {
  if (!key.has_value()) return true;
  const int64_t seconds = key->seconds.value_or(0);
  return std::tie(article.seconds, article.id) > std::tie(seconds, key->id);
}

}  // namespace

absl::StatusOr<CopiesPlan> MakeCopiesPlan(const v1::ListArticleCopiesRequest& request) {
  CopiesPlan plan;
  plan.id = request.id();
  if (request.page_size() < 0) return schema::BadField("page_size", "it is negative");
  const auto size = static_cast<uint32_t>(request.page_size());
  plan.page_size = size == 0 ? kDefaultCopies : std::min(size, kMostCopies);
  const std::string hashed = "copies of " + request.id();
  plan.query_hash = XXH3_64bits(hashed.data(), hashed.size());
  if (request.page_token().empty()) return plan;
  std::optional<PageToken> token = Decode(request.page_token());
  if (!token.has_value() || token->query_hash != plan.query_hash || !token->last.has_value()) {
    return schema::Error(absl::StatusCode::kInvalidArgument, "PAGE_TOKEN_INVALID",
                         "the page token is not one of this server's, or not of this article");
  }
  plan.after = std::move(token->last);
  return plan;
}

absl::StatusOr<v1::ListArticleCopiesResponse> ListCopies(MatchContext& context,
                                                         const CopiesPlan& plan,
                                                         storage::DocRef doc, absl::Time now) {
  const absl::StatusOr<std::vector<StoryArticle>> story = ReadStory(context, doc, now);
  if (!story.ok()) return story.status();
  std::string body;
  absl::Status status = context.snapshot.ReadBody(doc, &body);
  if (!status.ok()) return status;
  copies::ShingleReader reader;
  const std::vector<uint64_t> own = reader.ReadSet(body);
  v1::ListArticleCopiesResponse response;
  response.mutable_total()->set_value(static_cast<int32_t>(story->size()) - 1);
  response.mutable_total()->set_relation(v1::Total::RELATION_EXACT);
  const StoryArticle* last = nullptr;
  for (const StoryArticle& article : *story) {
    if (article.doc == doc || !ComesAfter(article, plan.after)) continue;
    if (response.copies_size() == static_cast<int>(plan.page_size)) {
      response.set_next_page_token(
          Encode({.query_hash = plan.query_hash,
                  .build_id = context.snapshot.generation().manifest().ref.build_id,
                  .last = DateKey{.seconds = last->seconds, .id = last->id}}));
      break;
    }
    context.deadline.Check();
    last = &article;
    absl::StatusOr<v1::Article> read = context.snapshot.ReadArticle(article.doc);
    if (!read.ok()) return read.status();
    status = context.snapshot.ReadBody(article.doc, &body);
    if (!status.ok()) return status;
    const copies::Likeness likeness = copies::Compare(own, reader.ReadSet(body));
    v1::ArticleCopy& copy = *response.add_copies();
    *copy.mutable_article() = *std::move(read);
    copy.set_similarity(likeness.resemblance());
    copy.set_containment(likeness.containment());
    copy.set_leader(article.doc == story->front().doc);
  }
  return response;
}

}  // namespace broadsheet::query
