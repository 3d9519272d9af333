// SPDX-License-Identifier: GPL-3.0-or-later
// AdminService.ListGenerations.
#pragma once

#include <grpcpp/support/server_callback.h>

#include "broadsheet/v1/admin_service.pb.h"
#include "server/services/serving.h"

namespace broadsheet::server {

grpc::ServerUnaryReactor* ListGenerations(Serving& serving, grpc::CallbackServerContext& context,
                                          const v1::ListGenerationsRequest& request,
                                          v1::ListGenerationsResponse& response);

}  // namespace broadsheet::server
