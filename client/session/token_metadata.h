// SPDX-License-Identifier: GPL-3.0-or-later
// Has every call of a channel show the token of the person who makes it.
#pragma once

#include <grpcpp/support/client_interceptor.h>

#include <memory>
#include <string>
#include <vector>

namespace broadsheet::client {

// For grpc::experimental::CreateCustomChannelWithInterceptors: adds `token` to the metadata of each
// call; empty for an empty token. gRPC has call credentials for this, which it refuses to send over
// a connection that is not encrypted, be it to a Unix socket.
std::vector<std::unique_ptr<grpc::experimental::ClientInterceptorFactoryInterface>> TokenMetadata(
    const std::string& token);

}  // namespace broadsheet::client
