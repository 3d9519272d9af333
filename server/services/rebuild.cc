// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/rebuild.h"

#include "server/services/operation_answer.h"

namespace broadsheet::server {

grpc::ServerUnaryReactor* Rebuild(Serving& serving, grpc::CallbackServerContext& context,
                                  const v1::RebuildRequest& request,
                                  v1::RebuildResponse& response) {
  auto* call = new UnaryCall("Rebuild", context, serving);
  AnswerFromOperations(call, serving, response, [&request](Operations& operations) {
    return operations.Rebuild(request.build_only());
  });
  return call;
}

}  // namespace broadsheet::server
