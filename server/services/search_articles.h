// SPDX-License-Identifier: GPL-3.0-or-later
// SearchService.SearchArticles: finds articles, one page at a time.
#pragma once

#include <grpcpp/support/server_callback.h>

#include "broadsheet/v1/search_service.pb.h"
#include "server/services/serving.h"

namespace broadsheet::server {

// Never blocks. The arguments live until the call is done, as gRPC has it.
grpc::ServerUnaryReactor* SearchArticles(Serving& serving, grpc::CallbackServerContext& context,
                                         const v1::SearchArticlesRequest& request,
                                         v1::SearchArticlesResponse& response);

}  // namespace broadsheet::server
