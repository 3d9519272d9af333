// SPDX-License-Identifier: GPL-3.0-or-later
// An article that a source fills from a record, with the part of the record that gave each field.
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
  // `on_rules` may be empty, and must outlive this.
  explicit Draft(const RuleSink& on_rules) : on_rules_(on_rules) {}

  v1::Article* operator->() { return &article_; }
  v1::Article* article() { return &article_; }

  // Records that all fields filled since the last call come from `part` of the record, given in the
  // record's own names.
  void GivenBy(std::string_view part);

  // Calls `on_rules` with the rules of the article's fields, then passes the article to `articles`.
  absl::Status HandOver(const ArticleSink& articles);

 private:
  const RuleSink& on_rules_;
  v1::Article article_;
  // The fields that have a rule.
  std::set<std::string_view> known_;
  FieldRules rules_;
};

}  // namespace broadsheet::sources
