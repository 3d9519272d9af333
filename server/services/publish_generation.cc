// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/publish_generation.h"

#include "engine/schema/error.h"
#include "server/services/publishing.h"
#include "server/services/unary_call.h"

namespace broadsheet::server {
namespace {

absl::StatusOr<PublishOrder> PublishOrderOf(const v1::PublishGenerationRequest& request) {
  if (request.number() < 1) return schema::BadField("number", "generations are numbered from 1");
  absl::StatusOr<PublishOrder> order = OrderOf(request);
  if (!order.ok()) return order;
  order->number = static_cast<uint64_t>(request.number());
  order->build_id = request.build_id();
  return order;
}

}  // namespace

grpc::ServerUnaryReactor* PublishGeneration(Serving& serving, grpc::CallbackServerContext& context,
                                            const v1::PublishGenerationRequest& request,
                                            v1::PublishGenerationResponse& response) {
  auto* call = new UnaryCall("PublishGeneration", context, serving);
  PublishFor(call, serving, PublishOrderOf(request), response);
  return call;
}

}  // namespace broadsheet::server
