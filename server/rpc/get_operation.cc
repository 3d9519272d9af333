// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/rpc/get_operation.h"

#include "server/operations.h"
#include "server/refusal.h"
#include "server/rpc/unary_call.h"

namespace broadsheet::server {

grpc::ServerUnaryReactor* GetOperation(Serving& serving, grpc::CallbackServerContext& context,
                                       const v1::GetOperationRequest& request,
                                       v1::GetOperationResponse& response) {
  auto* call = new UnaryCall("GetOperation", context, serving);
  if (serving.operations == nullptr) {
    call->End(ReadOnly());
    return call;
  }
  auto found = serving.operations->Get(request.id());
  if (found.ok()) *response.mutable_operation() = *std::move(found);
  call->End(found.status());
  return call;
}

}  // namespace broadsheet::server
