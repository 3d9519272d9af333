// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/batch_get_articles.h"

#include "absl/strings/str_format.h"
#include "engine/schema/error.h"
#include "server/services/article_id.h"
#include "server/services/request_size.h"
#include "server/services/unary_call.h"

namespace broadsheet::server {
namespace {

// search_service.proto promises it.
constexpr int kMaxIds = 1000;

absl::Status Check(const v1::BatchGetArticlesRequest& request) {
  if (request.ids_size() < 1 || request.ids_size() > kMaxIds) {
    return schema::BadField(
        "ids", absl::StrFormat("give 1 to %d ids; these are %d", kMaxIds, request.ids_size()));
  }
  for (int i = 0; i < request.ids_size(); ++i) {
    absl::Status bad = CheckArticleId(absl::StrFormat("ids[%d]", i), request.ids(i));
    if (!bad.ok()) return bad;
  }
  return absl::OkStatus();
}

}  // namespace

grpc::ServerUnaryReactor* BatchGetArticles(Serving& serving, grpc::CallbackServerContext& context,
                                           const v1::BatchGetArticlesRequest& request,
                                           v1::BatchGetArticlesResponse& response) {
  auto* call = new UnaryCall("BatchGetArticles", context, serving);
  absl::Status bad = CheckRequestSize(request, serving.max_search_bytes);
  if (bad.ok()) bad = Check(request);
  if (!bad.ok()) {
    call->End(bad);
    return call;
  }
  call->AnswerFromIndex("", &response,
                        [&request](query::Searcher& searcher, const base::CallControl& control) {
                          return searcher.BatchGet(request, control);
                        });
  return call;
}

}  // namespace broadsheet::server
