// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/rpc/rollback_generation.h"

#include "engine/schema/error.h"
#include "server/rpc/publishing.h"
#include "server/rpc/unary_call.h"

namespace broadsheet::server {
namespace {

absl::StatusOr<PublishOrder> RollbackOrderOf(const v1::RollbackGenerationRequest& request) {
  if (request.expected_published() < 0) {
    return schema::BadField("expected_published", "generations are numbered from 1");
  }
  const auto writes = LiveWritesOf(request.live_writes());
  if (!writes.ok()) return writes.status();
  return PublishOrder{.number = 0,
                      .build_id = {},
                      .expected_published = static_cast<uint64_t>(request.expected_published()),
                      .live_writes = *writes};
}

}  // namespace

grpc::ServerUnaryReactor* RollbackGeneration(Serving& serving, grpc::CallbackServerContext& context,
                                             const v1::RollbackGenerationRequest& request,
                                             v1::RollbackGenerationResponse& response) {
  auto* call = new UnaryCall("RollbackGeneration", context, serving);
  const absl::StatusOr<PublishOrder> order = RollbackOrderOf(request);
  if (!order.ok()) {
    call->End(order.status());
    return call;
  }
  PublishFor(call, serving, *order, response);
  return call;
}

}  // namespace broadsheet::server
