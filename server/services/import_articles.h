// SPDX-License-Identifier: GPL-3.0-or-later
// ArticleService.ImportArticles: stores any number of articles, and answers in order, each article
// once it is on disk or refused.
#pragma once

#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/server_callback.h>

#include "server/services/serving.h"

namespace broadsheet::server {

// Never blocks. Reads ImportArticlesRequest and writes ImportArticlesResponse as bytes, so that an
// unparsable message ends the stream with an error; gRPC itself would report it as the sender's
// end.
grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* ImportArticles(Serving& serving);

}  // namespace broadsheet::server
