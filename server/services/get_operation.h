// SPDX-License-Identifier: GPL-3.0-or-later
// AdminService.GetOperation.
#pragma once

#include <grpcpp/support/server_callback.h>

#include "broadsheet/v1/admin_service.pb.h"
#include "server/services/serving.h"

namespace broadsheet::server {

grpc::ServerUnaryReactor* GetOperation(Serving& serving, grpc::CallbackServerContext& context,
                                       const v1::GetOperationRequest& request,
                                       v1::GetOperationResponse& response);

}  // namespace broadsheet::server
