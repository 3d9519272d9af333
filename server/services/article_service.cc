// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/article_service.h"

#include "server/services/batch_put_articles.h"
#include "server/services/delete_article.h"
#include "server/services/import_articles.h"
#include "server/services/put_article.h"

namespace broadsheet::server {

grpc::ServerUnaryReactor* ArticleService::PutArticle(grpc::CallbackServerContext* context,
                                                     const v1::PutArticleRequest* request,
                                                     v1::PutArticleResponse* response) {
  return server::PutArticle(serving_, *context, *request, *response);
}

grpc::ServerUnaryReactor* ArticleService::DeleteArticle(grpc::CallbackServerContext* context,
                                                        const v1::DeleteArticleRequest* request,
                                                        v1::DeleteArticleResponse* response) {
  return server::DeleteArticle(serving_, *context, *request, *response);
}

grpc::ServerUnaryReactor* ArticleService::BatchPutArticles(
    grpc::CallbackServerContext* context, const v1::BatchPutArticlesRequest* request,
    v1::BatchPutArticlesResponse* response) {
  return server::BatchPutArticles(serving_, *context, *request, *response);
}

grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* ArticleService::ImportArticles(
    grpc::CallbackServerContext* /*context*/) {
  return server::ImportArticles(serving_);
}

}  // namespace broadsheet::server
