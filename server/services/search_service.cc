// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/search_service.h"

#include "server/services/batch_get_articles.h"
#include "server/services/get_article.h"
#include "server/services/get_status.h"
#include "server/services/search_articles.h"

namespace broadsheet::server {

grpc::ServerUnaryReactor* SearchService::SearchArticles(grpc::CallbackServerContext* context,
                                                        const v1::SearchArticlesRequest* request,
                                                        v1::SearchArticlesResponse* response) {
  return server::SearchArticles(serving_, *context, *request, *response);
}

grpc::ServerUnaryReactor* SearchService::GetArticle(grpc::CallbackServerContext* context,
                                                    const v1::GetArticleRequest* request,
                                                    v1::Article* response) {
  return server::GetArticle(serving_, *context, *request, *response);
}

grpc::ServerUnaryReactor* SearchService::BatchGetArticles(
    grpc::CallbackServerContext* context, const v1::BatchGetArticlesRequest* request,
    v1::BatchGetArticlesResponse* response) {
  return server::BatchGetArticles(serving_, *context, *request, *response);
}

grpc::ServerUnaryReactor* SearchService::GetStatus(grpc::CallbackServerContext* context,
                                                   const v1::GetStatusRequest* request,
                                                   v1::GetStatusResponse* response) {
  return server::GetStatus(serving_, *context, *request, *response);
}

}  // namespace broadsheet::server
