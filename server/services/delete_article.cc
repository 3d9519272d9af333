// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/delete_article.h"

#include <utility>
#include <vector>

#include "server/services/article_id.h"
#include "server/services/put_result.h"
#include "server/services/unary_call.h"

namespace broadsheet::server {

grpc::ServerUnaryReactor* DeleteArticle(Serving& serving, grpc::CallbackServerContext& context,
                                        const v1::DeleteArticleRequest& request,
                                        v1::DeleteArticleResponse& response) {
  auto* call = new UnaryCall("DeleteArticle", context, serving);
  if (absl::Status bad = CheckArticleId("id", request.id()); !bad.ok()) {
    call->End(bad);
    return call;
  }
  indexing::LiveWrite deletion{.kind = indexing::LiveWrite::Kind::kDelete, .article = {}};
  deletion.article.set_id(request.id());
  call->AnswerFromWriter({std::move(deletion)},
                         [call, &request, &response](std::vector<indexing::WriteResult> results) {
                           const absl::Status& status = results.front().status;
                           response.set_deleted(status.ok());
                           const bool tolerated =
                               absl::IsNotFound(status) && request.allow_missing();
                           call->End(tolerated ? absl::OkStatus() : status);
                         });
  return call;
}

}  // namespace broadsheet::server
