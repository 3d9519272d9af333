// SPDX-License-Identifier: GPL-3.0-or-later
// SearchService.BatchGetArticles: up to 1000 articles by their ids, from one state of the index.
#pragma once

#include <grpcpp/support/server_callback.h>

#include "broadsheet/v1/search_service.pb.h"
#include "server/services/serving.h"

namespace broadsheet::server {

// Never blocks. The arguments live until the call is done, as gRPC has it.
grpc::ServerUnaryReactor* BatchGetArticles(Serving& serving, grpc::CallbackServerContext& context,
                                           const v1::BatchGetArticlesRequest& request,
                                           v1::BatchGetArticlesResponse& response);

}  // namespace broadsheet::server
