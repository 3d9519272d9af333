// SPDX-License-Identifier: GPL-3.0-or-later
// ArticleService.ImportArticles: stores any number of articles, and answers each in order once it
// is on disk or refused.
#pragma once

#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/server_callback.h>

#include "server/services/serving.h"

namespace broadsheet::server {

// Never blocks. Reads ImportArticlesRequest and writes ImportArticlesResponse, as bytes: so a
// message that is none ends the stream with an error rather than as if the sender had ended it.
grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* ImportArticles(Serving& serving);

}  // namespace broadsheet::server
