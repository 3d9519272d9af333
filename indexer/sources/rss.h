// SPDX-License-Identifier: GPL-3.0-or-later
// Feeds: RSS 0.9x, 1.0 and 2.0, Atom. One item or entry an article. What is not well-formed in a
// feed is reported, and the items that can be read are read all the same.
#pragma once

#include "indexer/sources/source.h"

namespace broadsheet::sources {

class RssSource : public ArticleSource {
 public:
  absl::Status ReadAll(Input& input, const ArticleSink& articles,
                       const RejectSink& rejects) override;
};

}  // namespace broadsheet::sources
