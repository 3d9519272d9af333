// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/list_generations.h"

#include "server/services/generation_message.h"
#include "server/services/unary_call.h"

namespace broadsheet::server {

grpc::ServerUnaryReactor* ListGenerations(Serving& serving, grpc::CallbackServerContext& context,
                                          const v1::ListGenerationsRequest& /*request*/,
                                          v1::ListGenerationsResponse& response) {
  auto* call = new UnaryCall("ListGenerations", context, serving);
  // Here and not on a searcher's thread, so that it works when the index does not: reading a few
  // manifests takes milliseconds, and people ask for it.
  const auto generations = storage::ListGenerations(serving.layout);
  if (!generations.ok()) {
    call->End(generations.status());
    return call;
  }
  for (auto info = generations->rbegin(); info != generations->rend(); ++info) {
    *response.add_generations() = MakeGeneration(*info, serving.layout);
  }
  call->End(absl::OkStatus());
  return call;
}

}  // namespace broadsheet::server
