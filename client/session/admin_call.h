// SPDX-License-Identifier: GPL-3.0-or-later
// One call of AdminService.
#pragma once

#include <grpcpp/grpcpp.h>

#include "client/session/connection.h"

namespace broadsheet::client {

// How long the server may take: the timeout of any call, or unlimited, for verifying a generation.
enum class Patience { kOfAnyCall, kUnlimited };

template <typename Request, typename Response>
grpc::Status CallAdmin(grpc::Status (v1::AdminService::Stub::*method)(grpc::ClientContext*,
                                                                      const Request&, Response*),
                       const Request& request, Response& response, Connection& connection,
                       Patience patience = Patience::kOfAnyCall) {
  grpc::ClientContext call;
  if (patience == Patience::kOfAnyCall) connection.Prepare(call);
  return (connection.admin().*method)(&call, request, &response);
}

}  // namespace broadsheet::client
