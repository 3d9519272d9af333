// SPDX-License-Identifier: GPL-3.0-or-later
// Feeds: RSS 0.9x, 1.0 and 2.0, Atom. One item or entry is one article. If a feed is not
// well-formed, the error is reported, and all readable items are read.
#pragma once

#include <utility>

#include "indexer/sources/article/source.h"

namespace broadsheet::sources {

class RssSource : public ArticleSource {
 public:
  // `hooks` may be empty.
  explicit RssSource(SourceHooks hooks = {}) : hooks_(std::move(hooks)) {}

  absl::Status ReadAll(Input& input, const ArticleSink& articles,
                       const RejectSink& rejects) override;

 private:
  const SourceHooks hooks_;
};

}  // namespace broadsheet::sources
