// SPDX-License-Identifier: GPL-3.0-or-later
// ArticleService.ImportArticles: stores any number of articles, and answers in order, each article
// once it is on disk or refused.
#pragma once

#include <grpcpp/server_context.h>
#include <grpcpp/support/async_stream.h>
#include <grpcpp/support/byte_buffer.h>

#include <functional>

#include "server/services/serving.h"

namespace broadsheet::server {

using ImportConnection = grpc::ServerAsyncReaderWriter<grpc::ByteBuffer, grpc::ByteBuffer>;

// Has gRPC deliver the next call: RequestImportArticles of the generated service.
using RequestImport =
    std::function<void(grpc::ServerContext*, ImportConnection*, grpc::CompletionQueue*,
                       grpc::ServerCompletionQueue*, void* tag)>;

// Takes calls from now on until the server shuts down. Never blocks. Reads ImportArticlesRequest
// and writes ImportArticlesResponse as bytes, so that an unparsable message ends the stream with an
// error; gRPC itself would report it as the sender's end.
void TakeImports(const RequestImport& request_call, Serving& serving);

}  // namespace broadsheet::server
