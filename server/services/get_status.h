// SPDX-License-Identifier: GPL-3.0-or-later
// SearchService.GetStatus: what this server serves. Answered without a searcher, so that it works
// under overload too.
#pragma once

#include <grpcpp/support/server_callback.h>

#include "broadsheet/v1/search_service.pb.h"
#include "server/services/serving.h"

namespace broadsheet::server {

// Blocks for no longer than it takes to open live/ anew after a write. The arguments live until the
// call is done, as gRPC has it.
grpc::ServerUnaryReactor* GetStatus(Serving& serving, grpc::CallbackServerContext& context,
                                    const v1::GetStatusRequest& request,
                                    v1::GetStatusResponse& response);

}  // namespace broadsheet::server
