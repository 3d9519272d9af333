// SPDX-License-Identifier: GPL-3.0-or-later
// broadsheet.v1.ArticleService: each method has a file of its own in rpc/. A server that takes no
// writes has it too, to say so.
#pragma once

#include "broadsheet/v1/article_service.grpc.pb.h"
#include "server/rpc/serving.h"

namespace broadsheet::server {

// Called by gRPC's threads, which no method blocks.
class ArticleService final : public v1::ArticleService::CallbackService {
 public:
  // `serving` outlives this.
  explicit ArticleService(Serving& serving) : serving_(serving) {}

  grpc::ServerUnaryReactor* PutArticle(grpc::CallbackServerContext* context,
                                       const v1::PutArticleRequest* request,
                                       v1::PutArticleResponse* response) override;
  grpc::ServerUnaryReactor* DeleteArticle(grpc::CallbackServerContext* context,
                                          const v1::DeleteArticleRequest* request,
                                          v1::DeleteArticleResponse* response) override;
  grpc::ServerUnaryReactor* BatchPutArticles(grpc::CallbackServerContext* context,
                                             const v1::BatchPutArticlesRequest* request,
                                             v1::BatchPutArticlesResponse* response) override;
  grpc::ServerBidiReactor<v1::ImportArticlesRequest, v1::ImportArticlesResponse>* ImportArticles(
      grpc::CallbackServerContext* context) override;

 private:
  Serving& serving_;
};

}  // namespace broadsheet::server
