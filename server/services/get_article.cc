// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/get_article.h"

#include "server/services/article_id.h"
#include "server/services/request_size.h"
#include "server/services/unary_call.h"

namespace broadsheet::server {

grpc::ServerUnaryReactor* GetArticle(Serving& serving, grpc::CallbackServerContext& context,
                                     const v1::GetArticleRequest& request, v1::Article& response) {
  auto* call = new UnaryCall("GetArticle", context, serving);
  absl::Status bad = CheckRequestSize(request, serving.max_search_bytes);
  if (bad.ok()) bad = CheckArticleId("id", request.id());
  if (!bad.ok()) {
    call->End(bad);
    return call;
  }
  call->AnswerFromIndex("", &response,
                        [&request](query::Searcher& searcher, const base::CallControl& control) {
                          return searcher.Get(request, control);
                        });
  return call;
}

}  // namespace broadsheet::server
