// SPDX-License-Identifier: GPL-3.0-or-later
// Reads from a call who makes it.
#pragma once

#include <grpcpp/server_context.h>

#include "server/access/caller.h"

namespace broadsheet::server {

// A token in `authorization: Bearer ...` goes before the identity that a front tells in
// `x-broadsheet-identity`, and that before the client certificate of the connection. The identity
// is believed where `trusts_front`, and of what came by a Unix socket only: other headers of that
// name were set by whoever wanted to.
Credential CredentialOf(const grpc::ServerContext& context, bool trusts_front);

// By what callers are told apart that take turns: the name of one that the server knows, else the
// connection.
std::string TurnNameOf(const Caller& caller, const grpc::ServerContext& context);

}  // namespace broadsheet::server
