// SPDX-License-Identifier: GPL-3.0-or-later
// JSON Feed (https://jsonfeed.org/version/1.1), the feed that is no XML. One item is one article.
#pragma once

#include "absl/status/status.h"
#include "indexer/sources/article/source.h"

namespace broadsheet::sources {

// Reads `input`, a feed of at most 16 MiB, as ArticleSource::ReadAll does. A larger one, and one
// that is no JSON, is lost.
absl::Status ReadJsonFeed(Input& input, const SourceHooks& hooks, const ArticleSink& articles,
                          const RejectSink& rejects);

}  // namespace broadsheet::sources
