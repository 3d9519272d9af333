// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/rpc/cancel_operation.h"

#include "engine/schema/error.h"
#include "server/operations.h"
#include "server/refusal.h"
#include "server/rpc/unary_call.h"

namespace broadsheet::server {

grpc::ServerUnaryReactor* CancelOperation(Serving& serving, grpc::CallbackServerContext& context,
                                          const v1::CancelOperationRequest& request,
                                          v1::CancelOperationResponse& response) {
  auto* call = new UnaryCall("CancelOperation", context, serving);
  if (serving.operations == nullptr) {
    call->End(ReadOnly());
    return call;
  }
  if (request.id().empty()) {
    call->End(schema::BadField("id", "name the operation to cancel"));
    return call;
  }
  auto found = serving.operations->Cancel(request.id());
  if (found.ok()) *response.mutable_operation() = *std::move(found);
  call->End(found.status());
  return call;
}

}  // namespace broadsheet::server
