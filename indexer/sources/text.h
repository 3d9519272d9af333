// SPDX-License-Identifier: GPL-3.0-or-later
// One article a file: a raw text copy of a news page, with the page's furniture around it.
#pragma once

#include "indexer/sources/source.h"

namespace broadsheet::sources {

// A larger text is no copy of one page.
inline constexpr size_t kMaxPageBytes = 8 << 20;

class TextSource : public ArticleSource {
 public:
  // `counts` is added to, and outlives this.
  explicit TextSource(ReadCounts* counts) : counts_(*counts) {}

  absl::Status ReadAll(Input& input, const ArticleSink& articles,
                       const RejectSink& rejects) override;

 private:
  ReadCounts& counts_;
};

}  // namespace broadsheet::sources
