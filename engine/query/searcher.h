// SPDX-License-Identifier: GPL-3.0-or-later
// Answers requests from one snapshot of the index. This is the one interface between a server and
// what it serves; Xapian types and docids stay behind it.
//
//   absl::StatusOr<std::unique_ptr<Searcher>> searcher = Searcher::Open(generation, {});
//   absl::StatusOr<EncodedResponse> response = (*searcher)->Search(request, call);
#pragma once

#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "broadsheet/v1/search_service.pb.h"
#include "engine/base/call_control.h"
#include "engine/query/answer_cache.h"
#include "engine/query/encoded_response.h"
#include "engine/query/export_batch.h"
#include "engine/query/licence.h"
#include "engine/query/overview.h"
#include "engine/query/query_count.h"
#include "engine/query/rank/ranking_profile.h"
#include "engine/query/syntax/limits.h"
#include "engine/query/syntax/shared_synonyms.h"
#include "engine/storage/base/generation.h"

namespace broadsheet::query {

// Not thread-safe: one for each searcher thread. Results own their memory.
class Searcher {
 public:
  // `answers` and `synonyms` are shared by the searchers of one server, over all generations; null
  // = none are kept, and words have none. Of what `licence` is not for, the searcher tells nothing
  // but what its words add to the rarity of words, by which hits are scored; null = it is for all
  // articles.
  static absl::StatusOr<std::unique_ptr<Searcher>> Open(
      std::shared_ptr<const storage::Generation> generation, const Limits& limits,
      const RankingOptions& ranking = {}, std::shared_ptr<AnswerCache> answers = nullptr,
      std::shared_ptr<const SharedSynonyms> synonyms = nullptr,
      std::shared_ptr<const Licence> licence = nullptr);
  virtual ~Searcher() = default;

  // No match is an empty response, not an error. INVALID_ARGUMENT (with a QueryError or BadRequest
  // payload, see schema/error.h) for a query outside the language or the limits; ABORTED with
  // PAGE_TOKEN_STALE when the token's generation is not this one and the order is by relevance;
  // DEADLINE_EXCEEDED, CANCELLED as `call` says.
  virtual absl::StatusOr<EncodedResponse> Search(const v1::SearchArticlesRequest& request,
                                                 const base::CallControl& call) = 0;

  // Errors as Search, but those of pages.
  virtual absl::StatusOr<v1::AggregateArticlesResponse> Aggregate(
      const v1::AggregateArticlesRequest& request, const base::CallControl& call) = 0;

  // INVALID_ARGUMENT for a bad field; DEADLINE_EXCEEDED, CANCELLED as `call` says.
  virtual absl::StatusOr<v1::SuggestCompletionsResponse> SuggestCompletions(
      const v1::SuggestCompletionsRequest& request, const base::CallControl& call) = 0;

  // Errors as Aggregate, but those of a request.
  virtual absl::StatusOr<Overview> DescribeArticles(const base::CallControl& call) = 0;

  // NOT_FOUND with ARTICLE_NOT_FOUND when no article that may be seen at call.now has this id.
  virtual absl::StatusOr<v1::Article> Get(const v1::GetArticleRequest& request,
                                          const base::CallControl& call) = 0;
  virtual absl::StatusOr<v1::BatchGetArticlesResponse> BatchGet(
      const v1::BatchGetArticlesRequest& request, const base::CallControl& call) = 0;

  // The batch of an export at `position`; call.now stays the same from batch to batch. No match is
  // an empty batch. Errors as Search(); INVALID_ARGUMENT with RESUME_TOKEN_INVALID for a token of
  // another export.
  virtual absl::StatusOr<ExportBatch> Export(const v1::ExportArticlesRequest& request,
                                             const ExportPosition& position,
                                             const base::CallControl& call) = 0;

  // Errors as Search().
  virtual absl::StatusOr<QueryCount> Count(const v1::CountQueriesRequest& request,
                                           const base::CallControl& call) = 0;

  // Errors as search_service.proto says; DEADLINE_EXCEEDED, CANCELLED as `call` says.
  virtual absl::StatusOr<EncodedResponse> FindSimilar(const v1::FindSimilarArticlesRequest& request,
                                                      const base::CallControl& call) = 0;

  // Errors as search_service.proto says; DEADLINE_EXCEEDED, CANCELLED as `call` says.
  virtual absl::StatusOr<v1::ListArticleCopiesResponse> ListCopies(
      const v1::ListArticleCopiesRequest& request, const base::CallControl& call) = 0;

  virtual const storage::Generation& generation() const = 0;
};

}  // namespace broadsheet::query
