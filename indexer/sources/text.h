// SPDX-License-Identifier: GPL-3.0-or-later
// One article a file: a raw text copy of a news page, with the page's furniture around it.
#pragma once

#include <utility>

#include "indexer/sources/field_rule.h"
#include "indexer/sources/source.h"

namespace broadsheet::sources {

// A larger text is no copy of one page.
inline constexpr size_t kMaxPageBytes = 8 << 20;

class TextSource : public ArticleSource {
 public:
  // `counts` is added to, and outlives this. `on_rules` may be empty.
  explicit TextSource(ReadCounts* counts, RuleSink on_rules = {})
      : counts_(*counts), on_rules_(std::move(on_rules)) {}

  absl::Status ReadAll(Input& input, const ArticleSink& articles,
                       const RejectSink& rejects) override;

 private:
  ReadCounts& counts_;
  const RuleSink on_rules_;
};

}  // namespace broadsheet::sources
