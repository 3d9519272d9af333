// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/search_articles.h"

#include <string>

#include "server/services/request_size.h"
#include "server/services/unary_call.h"

namespace broadsheet::server {
namespace {

// Pages in order of relevance go on over the generation they began with: scores of two generations
// do not compare. Date order goes on over the newest.
std::string WantedGeneration(const v1::SearchArticlesRequest& request) {
  const bool by_relevance =
      request.sort() == v1::SORT_ORDER_RELEVANCE ||
      (request.sort() == v1::SORT_ORDER_UNSPECIFIED && !request.query().empty());
  if (!by_relevance) return "";
  return query::GenerationOfPageToken(request.page_token()).value_or("");
}

}  // namespace

grpc::ServerUnaryReactor* SearchArticles(Serving& serving, grpc::CallbackServerContext& context,
                                         const v1::SearchArticlesRequest& request,
                                         v1::SearchArticlesResponse& response) {
  auto* call = new UnaryCall("SearchArticles", context, serving, request.query());
  if (absl::Status large = CheckRequestSize(request, serving.max_search_bytes); !large.ok()) {
    call->End(large);
    return call;
  }
  call->AnswerFromIndex(WantedGeneration(request), &response,
                        [&request](query::Searcher& searcher, const base::CallControl& control) {
                          return searcher.Search(request, control);
                        });
  return call;
}

}  // namespace broadsheet::server
