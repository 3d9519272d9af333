// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/cancel_operation.h"

#include "engine/schema/error.h"
#include "server/services/operation_answer.h"

namespace broadsheet::server {

grpc::ServerUnaryReactor* CancelOperation(Serving& serving, grpc::CallbackServerContext& context,
                                          const v1::CancelOperationRequest& request,
                                          v1::CancelOperationResponse& response) {
  auto* call = new UnaryCall("CancelOperation", context, serving);
  AnswerFromOperations(call, serving, response,
                       [&request](Operations& operations) -> absl::StatusOr<v1::Operation> {
                         // So that nobody stops another's work by an omission.
                         if (request.id().empty())
                           return schema::BadField("id", "name the operation to cancel");
                         return operations.Cancel(request.id());
                       });
  return call;
}

}  // namespace broadsheet::server
