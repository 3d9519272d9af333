// SPDX-License-Identifier: GPL-3.0-or-later
// SearchService.ExportArticles: every match of a search, batch after batch.
#pragma once

#include <grpcpp/server_context.h>
#include <grpcpp/support/async_stream.h>
#include <grpcpp/support/byte_buffer.h>

#include <functional>

#include "server/services/serving.h"

namespace broadsheet::server {

using ExportConnection = grpc::ServerAsyncWriter<grpc::ByteBuffer>;

// Has gRPC deliver the next call: RequestExportArticles of the generated service.
using RequestExport =
    std::function<void(grpc::ServerContext*, grpc::ByteBuffer*, ExportConnection*,
                       grpc::CompletionQueue*, grpc::ServerCompletionQueue*, void* tag)>;

// Takes calls from now on until the server shuts down. Never blocks.
void TakeExports(const RequestExport& request_call, Serving& serving);

}  // namespace broadsheet::server
