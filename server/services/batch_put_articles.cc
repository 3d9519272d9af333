// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/batch_put_articles.h"

#include <utility>
#include <vector>

#include "engine/schema/error.h"
#include "server/services/put_result.h"
#include "server/services/unary_call.h"

namespace broadsheet::server {
namespace {

// article_service.proto promises it.
constexpr int kMaxArticles = 1000;

void Answer(const std::vector<indexing::WriteResult>& results, UnaryCall& call, Logger& logger,
            v1::BatchPutArticlesResponse& response) {
  for (const indexing::WriteResult& result : results) {
    // The caller sends all of it again: what is stored already is then unchanged.
    if (ConcernsAll(result.status)) return call.End(result.status);
    *response.add_results() = MakePutResult(result, logger);
  }
  call.End(absl::OkStatus());
}

}  // namespace

grpc::ServerUnaryReactor* BatchPutArticles(Serving& serving, grpc::CallbackServerContext& context,
                                           const v1::BatchPutArticlesRequest& request,
                                           v1::BatchPutArticlesResponse& response) {
  auto* call = new UnaryCall("BatchPutArticles", context, serving);
  if (request.articles().empty() || request.articles_size() > kMaxArticles) {
    call->End(schema::BadField("articles", "send 1 to 1000 articles at once"));
    return call;
  }
  std::vector<indexing::LiveWrite> writes;
  for (const v1::Article& article : request.articles()) writes.push_back({.article = article});
  call->AnswerFromWriter(std::move(writes), [call, &logger = serving.logger, &response](
                                                std::vector<indexing::WriteResult> results) {
    Answer(results, *call, logger, response);
  });
  return call;
}

}  // namespace broadsheet::server
