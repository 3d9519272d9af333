// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/rpc/rebuild.h"

#include "server/operations.h"
#include "server/refusal.h"
#include "server/rpc/unary_call.h"

namespace broadsheet::server {

grpc::ServerUnaryReactor* Rebuild(Serving& serving, grpc::CallbackServerContext& context,
                                  const v1::RebuildRequest& request,
                                  v1::RebuildResponse& response) {
  auto* call = new UnaryCall("Rebuild", context, serving);
  if (serving.operations == nullptr) {
    call->End(ReadOnly());
    return call;
  }
  auto started = serving.operations->Rebuild(request.build_only());
  if (started.ok()) *response.mutable_operation() = *std::move(started);
  call->End(started.status());
  return call;
}

}  // namespace broadsheet::server
