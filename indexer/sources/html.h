// SPDX-License-Identifier: GPL-3.0-or-later
// One article a file: a web page as it was served.
#pragma once

#include <utility>

#include "indexer/sources/field_rule.h"
#include "indexer/sources/source.h"

namespace broadsheet::sources {

class HtmlSource : public ArticleSource {
 public:
  // `counts` is added to, and outlives this. `on_rules` may be empty.
  explicit HtmlSource(ReadCounts* counts, RuleSink on_rules = {})
      : counts_(*counts), on_rules_(std::move(on_rules)) {}

  absl::Status ReadAll(Input& input, const ArticleSink& articles,
                       const RejectSink& rejects) override;

 private:
  ReadCounts& counts_;
  const RuleSink on_rules_;
};

}  // namespace broadsheet::sources
