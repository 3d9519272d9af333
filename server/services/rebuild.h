// SPDX-License-Identifier: GPL-3.0-or-later
// AdminService.Rebuild.
#pragma once

#include <grpcpp/support/server_callback.h>

#include "broadsheet/v1/admin_service.pb.h"
#include "server/services/serving.h"

namespace broadsheet::server {

grpc::ServerUnaryReactor* Rebuild(Serving& serving, grpc::CallbackServerContext& context,
                                  const v1::RebuildRequest& request, v1::RebuildResponse& response);

}  // namespace broadsheet::server
