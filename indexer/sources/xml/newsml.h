// SPDX-License-Identifier: GPL-3.0-or-later
// NewsML-G2: a newsItem, or a newsMessage with any number of them. Packages, concepts, events and
// other kinds of item are not articles: they are counted and skipped.
#pragma once

#include <utility>

#include "indexer/sources/article/field_rule.h"
#include "indexer/sources/article/source.h"

namespace broadsheet::sources {

class NewsmlSource : public ArticleSource {
 public:
  // Adds to `counts`, which must outlive this. `on_rules` may be empty.
  explicit NewsmlSource(ReadCounts* counts, RuleSink on_rules = {})
      : counts_(*counts), on_rules_(std::move(on_rules)) {}

  absl::Status ReadAll(Input& input, const ArticleSink& articles,
                       const RejectSink& rejects) override;

 private:
  ReadCounts& counts_;
  const RuleSink on_rules_;
};

}  // namespace broadsheet::sources
