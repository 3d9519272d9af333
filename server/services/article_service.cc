// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/article_service.h"

#include <functional>
#include <utility>
#include <vector>

#include "engine/query/plan/requested_ids.h"
#include "engine/schema/error.h"
#include "server/services/import_articles.h"
#include "server/services/put_result.h"

namespace broadsheet::server {
namespace {

// article_service.proto promises it.
constexpr int kMaxArticles = 1000;

void AnswerBatch(const std::vector<indexing::WriteResult>& results, UnaryCall& call,
                 Logger& logger) {
  v1::BatchPutArticlesResponse response;
  for (const indexing::WriteResult& result : results) {
    // The caller sends all of it again: what is stored already is then unchanged.
    if (ConcernsAll(result.status)) return call.End(result.status);
    *response.add_results() = MakePutResult(result, logger);
  }
  call.Answer(response);
}

}  // namespace

ArticleService::ArticleService(Serving& serving)
    : serving_(serving),
      methods_({
          {"PutArticle", std::bind_front(&ArticleService::RequestPutArticle, this),
           std::bind_front(&ArticleService::Put, this)},
          {"DeleteArticle", std::bind_front(&ArticleService::RequestDeleteArticle, this),
           std::bind_front(&ArticleService::Delete, this)},
          {"BatchPutArticles", std::bind_front(&ArticleService::RequestBatchPutArticles, this),
           std::bind_front(&ArticleService::BatchPut, this)},
      }) {}

void ArticleService::TakeCalls() {
  for (const UnaryMethod& method : methods_) UnaryCall::TakeCalls(method, serving_);
  TakeImports(std::bind_front(&ArticleService::RequestImportArticles, this), serving_);
}

void ArticleService::Put(UnaryCall& call) {
  const auto* request = call.Read<v1::PutArticleRequest>();
  if (request == nullptr) return;
  if (!request->has_article()) {
    return call.End(schema::BadField("article", "the article is missing"));
  }
  call.AnswerFromWriter({{.article = request->article()}},
                        [&call](std::vector<indexing::WriteResult> results) {
                          const indexing::WriteResult& result = results.front();
                          if (!result.status.ok()) return call.End(result.status);
                          v1::PutArticleResponse response;
                          response.set_id(result.id);
                          response.set_outcome(PutOutcomeOf(result.outcome));
                          call.Answer(response);
                        });
}

void ArticleService::Delete(UnaryCall& call) {
  const auto* request = call.Read<v1::DeleteArticleRequest>();
  if (request == nullptr) return;
  if (absl::Status bad = query::CheckId("id", request->id()); !bad.ok()) return call.End(bad);
  indexing::LiveWrite deletion{.kind = indexing::LiveWrite::Kind::kDelete, .article = {}};
  deletion.article.set_id(request->id());
  call.AnswerFromWriter(
      {std::move(deletion)}, [&call, request](std::vector<indexing::WriteResult> results) {
        const absl::Status& status = results.front().status;
        const bool tolerated = absl::IsNotFound(status) && request->allow_missing();
        if (!status.ok() && !tolerated) return call.End(status);
        v1::DeleteArticleResponse response;
        response.set_deleted(status.ok());
        call.Answer(response);
      });
}

void ArticleService::BatchPut(UnaryCall& call) {
  const auto* request = call.Read<v1::BatchPutArticlesRequest>();
  if (request == nullptr) return;
  if (request->articles().empty() || request->articles_size() > kMaxArticles) {
    return call.End(schema::BadField("articles", "send 1 to 1000 articles at once"));
  }
  std::vector<indexing::LiveWrite> writes;
  for (const v1::Article& article : request->articles()) writes.push_back({.article = article});
  call.AnswerFromWriter(std::move(writes), [&call, &logger = serving_.logger](
                                               const std::vector<indexing::WriteResult>& results) {
    AnswerBatch(results, call, logger);
  });
}

}  // namespace broadsheet::server
