// SPDX-License-Identifier: GPL-3.0-or-later
// AdminService.PruneGenerations.
#pragma once

#include <grpcpp/support/server_callback.h>

#include "broadsheet/v1/admin_service.pb.h"
#include "server/services/serving.h"

namespace broadsheet::server {

grpc::ServerUnaryReactor* PruneGenerations(Serving& serving, grpc::CallbackServerContext& context,
                                           const v1::PruneGenerationsRequest& request,
                                           v1::PruneGenerationsResponse& response);

}  // namespace broadsheet::server
