// SPDX-License-Identifier: GPL-3.0-or-later
// How gRPC 1.51 treats connections: its limits, and what it must not do (SECURITY.md).
#pragma once

#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server_builder.h>

#include <memory>

#include "server/admission/acceptor.h"
#include "server/admission/listen_socket.h"

namespace broadsheet::server {

// Limits of connections, no compression, and reflection if it is wanted.
void SetTransport(grpc::ServerBuilder& builder, bool reflection);

// `builder` passes connections of `socket` to gRPC, which talks as `credentials` say.
Door MakeDoor(grpc::ServerBuilder& builder, ListenSocket socket,
              std::shared_ptr<grpc::ServerCredentials> credentials);

}  // namespace broadsheet::server
