// SPDX-License-Identifier: GPL-3.0-or-later
// broadsheet.v1.ArticleService. A read-only server has it too, and answers that it takes no writes.
#pragma once

#include "broadsheet/v1/article_service.grpc.pb.h"
#include "server/services/serving.h"

namespace broadsheet::server {

// ImportArticles reads raw bytes, because gRPC reports an unparsable message as the end of the
// stream.
using ArticleServiceBase = v1::ArticleService::WithCallbackMethod_PutArticle<
    v1::ArticleService::WithCallbackMethod_DeleteArticle<
        v1::ArticleService::WithCallbackMethod_BatchPutArticles<
            v1::ArticleService::WithRawCallbackMethod_ImportArticles<
                v1::ArticleService::Service>>>>;

// gRPC's threads call the methods, which never block.
class ArticleService final : public ArticleServiceBase {
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
  grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* ImportArticles(
      grpc::CallbackServerContext* context) override;

 private:
  Serving& serving_;
};

}  // namespace broadsheet::server
