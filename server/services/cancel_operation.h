// SPDX-License-Identifier: GPL-3.0-or-later
// AdminService.CancelOperation.
#pragma once

#include <grpcpp/support/server_callback.h>

#include "broadsheet/v1/admin_service.pb.h"
#include "server/services/serving.h"

namespace broadsheet::server {

grpc::ServerUnaryReactor* CancelOperation(Serving& serving, grpc::CallbackServerContext& context,
                                          const v1::CancelOperationRequest& request,
                                          v1::CancelOperationResponse& response);

}  // namespace broadsheet::server
