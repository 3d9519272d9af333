// SPDX-License-Identifier: GPL-3.0-or-later
// NITF: one <nitf> document an article; a file may wrap several in one element.
#pragma once

#include <utility>

#include "indexer/sources/article/field_rule.h"
#include "indexer/sources/article/source.h"

namespace broadsheet::sources {

class NitfSource : public ArticleSource {
 public:
  // `on_rules` may be empty.
  explicit NitfSource(RuleSink on_rules = {}) : on_rules_(std::move(on_rules)) {}

  absl::Status ReadAll(Input& input, const ArticleSink& articles,
                       const RejectSink& rejects) override;

 private:
  const RuleSink on_rules_;
};

}  // namespace broadsheet::sources
