// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/rollback_generation.h"

#include "server/services/publishing.h"
#include "server/services/unary_call.h"

namespace broadsheet::server {

grpc::ServerUnaryReactor* RollbackGeneration(Serving& serving, grpc::CallbackServerContext& context,
                                             const v1::RollbackGenerationRequest& request,
                                             v1::RollbackGenerationResponse& response) {
  auto* call = new UnaryCall("RollbackGeneration", context, serving);
  // No number: the one before the published one.
  PublishFor(call, serving, OrderOf(request), response);
  return call;
}

}  // namespace broadsheet::server
