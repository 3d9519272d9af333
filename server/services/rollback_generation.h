// SPDX-License-Identifier: GPL-3.0-or-later
// AdminService.RollbackGeneration.
#pragma once

#include <grpcpp/support/server_callback.h>

#include "broadsheet/v1/admin_service.pb.h"
#include "server/services/serving.h"

namespace broadsheet::server {

grpc::ServerUnaryReactor* RollbackGeneration(Serving& serving, grpc::CallbackServerContext& context,
                                             const v1::RollbackGenerationRequest& request,
                                             v1::RollbackGenerationResponse& response);

}  // namespace broadsheet::server
