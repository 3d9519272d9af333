// SPDX-License-Identifier: GPL-3.0-or-later
// Feeds: RSS 0.9x, 1.0 and 2.0, Atom, CDF, JSON Feed. One item or entry is one article. What is no
// article of an export of WordPress is counted and skipped.
#pragma once

#include <utility>

#include "indexer/sources/article/source.h"

namespace broadsheet::sources {

class RssSource : public ArticleSource {
 public:
  // Adds to `counts`, which must outlive this. `hooks` may be empty.
  explicit RssSource(ReadCounts* counts, SourceHooks hooks = {})
      : counts_(*counts), hooks_(std::move(hooks)) {}

  absl::Status ReadAll(Input& input, const ArticleSink& articles,
                       const RejectSink& rejects) override;

 private:
  ReadCounts& counts_;
  const SourceHooks hooks_;
};

}  // namespace broadsheet::sources
