// SPDX-License-Identifier: GPL-3.0-or-later
// ArticleService.BatchPutArticles: stores up to 1000 articles with one commit.
#pragma once

#include <grpcpp/support/server_callback.h>

#include "broadsheet/v1/article_service.pb.h"
#include "server/services/serving.h"

namespace broadsheet::server {

// Never blocks. The arguments live until the call is done, as gRPC has it.
grpc::ServerUnaryReactor* BatchPutArticles(Serving& serving, grpc::CallbackServerContext& context,
                                           const v1::BatchPutArticlesRequest& request,
                                           v1::BatchPutArticlesResponse& response);

}  // namespace broadsheet::server
