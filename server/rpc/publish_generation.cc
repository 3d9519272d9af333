// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/rpc/publish_generation.h"

#include "engine/schema/error.h"
#include "server/rpc/publishing.h"
#include "server/rpc/unary_call.h"

namespace broadsheet::server {
namespace {

absl::StatusOr<PublishOrder> PublishOrderOf(const v1::PublishGenerationRequest& request) {
  if (request.number() < 1) return schema::BadField("number", "generations are numbered from 1");
  if (request.expected_published() < 0) {
    return schema::BadField("expected_published", "generations are numbered from 1");
  }
  const auto writes = LiveWritesOf(request.live_writes());
  if (!writes.ok()) return writes.status();
  return PublishOrder{.number = static_cast<uint64_t>(request.number()),
                      .build_id = request.build_id(),
                      .expected_published = static_cast<uint64_t>(request.expected_published()),
                      .live_writes = *writes};
}

}  // namespace

grpc::ServerUnaryReactor* PublishGeneration(Serving& serving, grpc::CallbackServerContext& context,
                                            const v1::PublishGenerationRequest& request,
                                            v1::PublishGenerationResponse& response) {
  auto* call = new UnaryCall("PublishGeneration", context, serving);
  const absl::StatusOr<PublishOrder> order = PublishOrderOf(request);
  if (!order.ok()) {
    call->End(order.status());
    return call;
  }
  PublishFor(call, serving, *order, response);
  return call;
}

}  // namespace broadsheet::server
