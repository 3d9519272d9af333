// SPDX-License-Identifier: GPL-3.0-or-later
// An article while a source fills it from a record, and which part of the record gave each field.
//
//   if (draft->headline().empty()) draft->set_headline(hedline.TextOf({"hl1"}));
//   draft.GivenBy("hedline/hl1");
#pragma once

#include <set>
#include <string_view>

#include "broadsheet/v1/article.pb.h"
#include "indexer/sources/article/field_rule.h"
#include "indexer/sources/article/source.h"

namespace broadsheet::sources {

// Not thread-safe.
class Draft {
 public:
  // `on_rules` may be empty, and outlives this.
  explicit Draft(const RuleSink& on_rules) : on_rules_(on_rules) {}

  v1::Article* operator->() { return &article_; }
  v1::Article* article() { return &article_; }

  // Says that all fields which were empty at the last call and no longer are come from `part` of
  // the record, by the record's own names.
  void GivenBy(std::string_view part);

  // Hands the article over, once `on_rules` was told what gave its fields.
  absl::Status HandOver(const ArticleSink& articles);

 private:
  const RuleSink& on_rules_;
  v1::Article article_;
  // The fields that have a rule.
  std::set<std::string_view> known_;
  FieldRules rules_;
};

}  // namespace broadsheet::sources
