// SPDX-License-Identifier: GPL-3.0-or-later
// SearchService.CountQueries: answers any number of queries in order, each with its count.
#pragma once

#include <grpcpp/server_context.h>
#include <grpcpp/support/async_stream.h>
#include <grpcpp/support/byte_buffer.h>

#include <functional>

#include "server/services/serving.h"

namespace broadsheet::server {

using CountConnection = grpc::ServerAsyncReaderWriter<grpc::ByteBuffer, grpc::ByteBuffer>;

// Has gRPC deliver the next call: RequestCountQueries of the generated service.
using RequestCount =
    std::function<void(grpc::ServerContext*, CountConnection*, grpc::CompletionQueue*,
                       grpc::ServerCompletionQueue*, void* tag)>;

// Takes calls from now on until the server shuts down. Never blocks.
void TakeCounts(const RequestCount& request_call, Serving& serving);

}  // namespace broadsheet::server
