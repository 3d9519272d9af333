// SPDX-License-Identifier: GPL-3.0-or-later
// One article a file: a web page as it was served, or a raw text copy of one with the page's
// furniture around the article.
#pragma once

#include <cstdint>
#include <utility>

#include "indexer/sources/article/field_rule.h"
#include "indexer/sources/article/source.h"

namespace broadsheet::sources {

// A larger text is no copy of one page. html/read_html.h has the bound of a web page.
inline constexpr size_t kMaxTextBytes = 8 << 20;

enum class PageKind : uint8_t { kHtml, kText };

class PageSource : public ArticleSource {
 public:
  // `counts` is added to, and outlives this. `on_rules` may be empty.
  PageSource(PageKind kind, ReadCounts* counts, RuleSink on_rules = {})
      : kind_(kind), counts_(*counts), on_rules_(std::move(on_rules)) {}

  absl::Status ReadAll(Input& input, const ArticleSink& articles,
                       const RejectSink& rejects) override;

 private:
  const PageKind kind_;
  ReadCounts& counts_;
  const RuleSink on_rules_;
};

}  // namespace broadsheet::sources
