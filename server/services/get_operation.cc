// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/get_operation.h"

#include "server/services/operation_answer.h"

namespace broadsheet::server {

grpc::ServerUnaryReactor* GetOperation(Serving& serving, grpc::CallbackServerContext& context,
                                       const v1::GetOperationRequest& request,
                                       v1::GetOperationResponse& response) {
  auto* call = new UnaryCall("GetOperation", context, serving);
  AnswerFromOperations(call, serving, response,
                       [&request](Operations& operations) { return operations.Get(request.id()); });
  return call;
}

}  // namespace broadsheet::server
