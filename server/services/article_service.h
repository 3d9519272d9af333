// SPDX-License-Identifier: GPL-3.0-or-later
// broadsheet.v1.ArticleService. A read-only server has it too, and answers that it takes no writes.
#pragma once

#include <vector>

#include "broadsheet/v1/article_service.grpc.pb.h"
#include "server/services/serving.h"
#include "server/services/unary_call.h"

namespace broadsheet::server {

using ArticleServiceBase =
    v1::ArticleService::WithRawMethod_PutArticle<v1::ArticleService::WithRawMethod_DeleteArticle<
        v1::ArticleService::WithRawMethod_BatchPutArticles<
            v1::ArticleService::WithRawMethod_ImportArticles<v1::ArticleService::Service>>>>;

// Its methods never block.
class ArticleService final : public ArticleServiceBase {
 public:
  // `serving` outlives this.
  explicit ArticleService(Serving& serving);

  // Takes calls from now on. The server has started.
  void TakeCalls();

 private:
  void Put(UnaryCall& call);
  void Delete(UnaryCall& call);
  void BatchPut(UnaryCall& call);

  Serving& serving_;
  const std::vector<UnaryMethod> methods_;
};

}  // namespace broadsheet::server
