// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/put_article.h"

#include <utility>
#include <vector>

#include "engine/schema/error.h"
#include "server/services/put_result.h"
#include "server/services/unary_call.h"

namespace broadsheet::server {

grpc::ServerUnaryReactor* PutArticle(Serving& serving, grpc::CallbackServerContext& context,
                                     const v1::PutArticleRequest& request,
                                     v1::PutArticleResponse& response) {
  auto* call = new UnaryCall("PutArticle", context, serving);
  if (!request.has_article()) {
    call->End(schema::BadField("article", "the article is missing"));
    return call;
  }
  call->AnswerFromWriter({{.article = request.article()}},
                         [call, &response](std::vector<indexing::WriteResult> results) {
                           const indexing::WriteResult& result = results.front();
                           response.set_id(result.id);
                           response.set_outcome(PutOutcomeOf(result.outcome));
                           call->End(result.status);
                         });
  return call;
}

}  // namespace broadsheet::server
