// SPDX-License-Identifier: GPL-3.0-or-later
// What methods that answer with an operation have in common.
#pragma once

#include <utility>

#include "absl/status/statusor.h"
#include "broadsheet/v1/admin_service.pb.h"
#include "server/base/refusal.h"
#include "server/generations/operations.h"
#include "server/services/serving.h"
#include "server/services/unary_call.h"

namespace broadsheet::server {

// Ends `call` with what `ask(operations)` returns, a StatusOr<v1::Operation>, in the response;
// INDEX_READ_ONLY when the server takes no writes.
template <typename Response, typename Ask>
void AnswerFromOperations(UnaryCall* call, const Serving& serving, Response& response, Ask ask) {
  if (serving.operations == nullptr) return call->End(ReadOnly());
  absl::StatusOr<v1::Operation> operation = ask(*serving.operations);
  if (operation.ok()) *response.mutable_operation() = *std::move(operation);
  call->End(operation.status());
}

}  // namespace broadsheet::server
