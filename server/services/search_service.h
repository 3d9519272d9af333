// SPDX-License-Identifier: GPL-3.0-or-later
// broadsheet.v1.SearchService.
#pragma once

#include "broadsheet/v1/search_service.grpc.pb.h"
#include "server/services/serving.h"

namespace broadsheet::server {

// gRPC's threads call the methods, which never block.
class SearchService final : public v1::SearchService::CallbackService {
 public:
  // `serving` outlives this.
  explicit SearchService(Serving& serving) : serving_(serving) {}

  grpc::ServerUnaryReactor* SearchArticles(grpc::CallbackServerContext* context,
                                           const v1::SearchArticlesRequest* request,
                                           v1::SearchArticlesResponse* response) override;
  grpc::ServerUnaryReactor* GetArticle(grpc::CallbackServerContext* context,
                                       const v1::GetArticleRequest* request,
                                       v1::Article* response) override;
  grpc::ServerUnaryReactor* BatchGetArticles(grpc::CallbackServerContext* context,
                                             const v1::BatchGetArticlesRequest* request,
                                             v1::BatchGetArticlesResponse* response) override;
  grpc::ServerUnaryReactor* GetStatus(grpc::CallbackServerContext* context,
                                      const v1::GetStatusRequest* request,
                                      v1::GetStatusResponse* response) override;

 private:
  Serving& serving_;
};

}  // namespace broadsheet::server
