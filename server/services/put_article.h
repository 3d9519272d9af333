// SPDX-License-Identifier: GPL-3.0-or-later
// ArticleService.PutArticle: stores one article.
#pragma once

#include <grpcpp/support/server_callback.h>

#include "broadsheet/v1/article_service.pb.h"
#include "server/services/serving.h"

namespace broadsheet::server {

// Never blocks. The arguments live until the call is done, as gRPC has it.
grpc::ServerUnaryReactor* PutArticle(Serving& serving, grpc::CallbackServerContext& context,
                                     const v1::PutArticleRequest& request,
                                     v1::PutArticleResponse& response);

}  // namespace broadsheet::server
