// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/article_service.h"

#include <utility>
#include <vector>

#include "engine/schema/error.h"
#include "server/services/article_id.h"
#include "server/services/import_articles.h"
#include "server/services/put_result.h"
#include "server/services/unary_call.h"

namespace broadsheet::server {
namespace {

// article_service.proto promises it.
constexpr int kMaxArticles = 1000;

void AnswerBatch(const std::vector<indexing::WriteResult>& results, UnaryCall& call, Logger& logger,
                 v1::BatchPutArticlesResponse& response) {
  for (const indexing::WriteResult& result : results) {
    // The caller sends all of it again: what is stored already is then unchanged.
    if (ConcernsAll(result.status)) return call.End(result.status);
    *response.add_results() = MakePutResult(result, logger);
  }
  call.End(absl::OkStatus());
}

}  // namespace

grpc::ServerUnaryReactor* ArticleService::PutArticle(grpc::CallbackServerContext* context,
                                                     const v1::PutArticleRequest* request,
                                                     v1::PutArticleResponse* response) {
  auto* call = new UnaryCall("PutArticle", *context, serving_);
  if (!request->has_article()) {
    call->End(schema::BadField("article", "the article is missing"));
    return call;
  }
  call->AnswerFromWriter({{.article = request->article()}},
                         [call, response](std::vector<indexing::WriteResult> results) {
                           const indexing::WriteResult& result = results.front();
                           response->set_id(result.id);
                           response->set_outcome(PutOutcomeOf(result.outcome));
                           call->End(result.status);
                         });
  return call;
}

grpc::ServerUnaryReactor* ArticleService::DeleteArticle(grpc::CallbackServerContext* context,
                                                        const v1::DeleteArticleRequest* request,
                                                        v1::DeleteArticleResponse* response) {
  auto* call = new UnaryCall("DeleteArticle", *context, serving_);
  if (absl::Status bad = CheckArticleId("id", request->id()); !bad.ok()) {
    call->End(bad);
    return call;
  }
  indexing::LiveWrite deletion{.kind = indexing::LiveWrite::Kind::kDelete, .article = {}};
  deletion.article.set_id(request->id());
  call->AnswerFromWriter(
      {std::move(deletion)}, [call, request, response](std::vector<indexing::WriteResult> results) {
        const absl::Status& status = results.front().status;
        response->set_deleted(status.ok());
        const bool tolerated = absl::IsNotFound(status) && request->allow_missing();
        call->End(tolerated ? absl::OkStatus() : status);
      });
  return call;
}

grpc::ServerUnaryReactor* ArticleService::BatchPutArticles(
    grpc::CallbackServerContext* context, const v1::BatchPutArticlesRequest* request,
    v1::BatchPutArticlesResponse* response) {
  auto* call = new UnaryCall("BatchPutArticles", *context, serving_);
  if (request->articles().empty() || request->articles_size() > kMaxArticles) {
    call->End(schema::BadField("articles", "send 1 to 1000 articles at once"));
    return call;
  }
  std::vector<indexing::LiveWrite> writes;
  for (const v1::Article& article : request->articles()) writes.push_back({.article = article});
  call->AnswerFromWriter(std::move(writes), [call, &logger = serving_.logger,
                                             response](std::vector<indexing::WriteResult> results) {
    AnswerBatch(results, *call, logger, *response);
  });
  return call;
}

grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* ArticleService::ImportArticles(
    grpc::CallbackServerContext* /*context*/) {
  return server::ImportArticles(serving_);
}

}  // namespace broadsheet::server
