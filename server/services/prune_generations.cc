// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/prune_generations.h"

#include <vector>

#include "engine/schema/error.h"
#include "server/base/refusal.h"
#include "server/generations/operations.h"
#include "server/services/unary_call.h"

namespace broadsheet::server {

grpc::ServerUnaryReactor* PruneGenerations(Serving& serving, grpc::CallbackServerContext& context,
                                           const v1::PruneGenerationsRequest& request,
                                           v1::PruneGenerationsResponse& response) {
  auto* call = new UnaryCall("PruneGenerations", context, serving);
  if (serving.operations == nullptr) {
    call->End(ReadOnly());
    return call;
  }
  if (request.keep() < 0) {
    call->End(schema::BadField("keep", "keep 0 or more generations"));
    return call;
  }
  auto done = [call, &response](absl::StatusOr<std::vector<uint64_t>> removed) {
    if (!removed.ok()) return call->End(removed.status());
    for (const uint64_t number : *removed) response.add_removed(static_cast<int32_t>(number));
    call->End(absl::OkStatus());
  };
  const auto keep = static_cast<size_t>(request.keep());
  absl::Status started = serving.operations->Prune(keep, std::move(done));
  if (!started.ok()) call->End(started);
  return call;
}

}  // namespace broadsheet::server
