// SPDX-License-Identifier: GPL-3.0-or-later
// SearchService.GetArticle: one article by its id.
#pragma once

#include <grpcpp/support/server_callback.h>

#include "broadsheet/v1/search_service.pb.h"
#include "server/services/serving.h"

namespace broadsheet::server {

// Never blocks. The arguments live until the call is done, as gRPC has it.
grpc::ServerUnaryReactor* GetArticle(Serving& serving, grpc::CallbackServerContext& context,
                                     const v1::GetArticleRequest& request, v1::Article& response);

}  // namespace broadsheet::server
