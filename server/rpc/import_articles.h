// SPDX-License-Identifier: GPL-3.0-or-later
// ArticleService.ImportArticles: stores any number of articles, and answers each in order once it
// is on disk or refused.
#pragma once

#include <grpcpp/support/server_callback.h>

#include "broadsheet/v1/article_service.pb.h"
#include "server/rpc/serving.h"

namespace broadsheet::server {

// Never blocks.
grpc::ServerBidiReactor<v1::ImportArticlesRequest, v1::ImportArticlesResponse>* ImportArticles(
    Serving& serving);

}  // namespace broadsheet::server
