// SPDX-License-Identifier: GPL-3.0-or-later
// NewsML-G2: a newsItem, or a newsMessage with any number of them; and NewsML 1.0 to 1.2. Packages,
// concepts, events and other kinds of item are not articles: they are counted and skipped.
#pragma once

#include <utility>

#include "indexer/sources/article/source.h"

namespace broadsheet::sources {

class NewsmlSource : public ArticleSource {
 public:
  // Adds to `counts`, which must outlive this. `hooks` may be empty.
  explicit NewsmlSource(ReadCounts* counts, SourceHooks hooks = {})
      : counts_(*counts), hooks_(std::move(hooks)) {}

  absl::Status ReadAll(Input& input, const ArticleSink& articles,
                       const RejectSink& rejects) override;

 private:
  ReadCounts& counts_;
  const SourceHooks hooks_;
};

}  // namespace broadsheet::sources
