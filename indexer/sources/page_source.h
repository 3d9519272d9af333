// SPDX-License-Identifier: GPL-3.0-or-later
// Reads files of one article each: a web page as it was served, or text copied from a page, with
// furniture around the article.
#pragma once

#include <cstdint>
#include <utility>

#include "indexer/sources/article/source.h"

namespace broadsheet::sources {

// A larger text is not a copy of one page. html/read_html.h has the limit of a web page.
inline constexpr size_t kMaxTextBytes = 8 << 20;

enum class PageKind : uint8_t { kHtml, kText };

class PageSource : public ArticleSource {
 public:
  // Adds to `counts`, which must outlive this. `hooks` may be empty.
  PageSource(PageKind kind, ReadCounts* counts, SourceHooks hooks = {})
      : kind_(kind), counts_(*counts), hooks_(std::move(hooks)) {}

  absl::Status ReadAll(Input& input, const ArticleSink& articles,
                       const RejectSink& rejects) override;

 private:
  const PageKind kind_;
  ReadCounts& counts_;
  const SourceHooks hooks_;
};

}  // namespace broadsheet::sources
