// SPDX-License-Identifier: GPL-3.0-or-later
// AdminService.PublishGeneration.
#pragma once

#include <grpcpp/support/server_callback.h>

#include "broadsheet/v1/admin_service.pb.h"
#include "server/services/serving.h"

namespace broadsheet::server {

grpc::ServerUnaryReactor* PublishGeneration(Serving& serving, grpc::CallbackServerContext& context,
                                            const v1::PublishGenerationRequest& request,
                                            v1::PublishGenerationResponse& response);

}  // namespace broadsheet::server
