// SPDX-License-Identifier: GPL-3.0-or-later
// NewsML-G2: a newsItem, or a newsMessage with any number of them. Packages, concepts, events and
// the other kinds of item are not articles: counted and passed over.
#pragma once

#include "indexer/sources/source.h"

namespace broadsheet::sources {

class NewsmlSource : public ArticleSource {
 public:
  // `counts` is added to, and outlives this.
  explicit NewsmlSource(ReadCounts* counts) : counts_(*counts) {}

  absl::Status ReadAll(Input& input, const ArticleSink& articles,
                       const RejectSink& rejects) override;

 private:
  ReadCounts& counts_;
};

}  // namespace broadsheet::sources
