// SPDX-License-Identifier: GPL-3.0-or-later
// The fields of an article as a person reads them, each with the rule that gave it.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "broadsheet/v1/article.pb.h"
#include "indexer/sources/article/field_rule.h"

namespace broadsheet::commands {

struct ExplainedField {
  // As in the proto: "published_time"; "labels.desk" for one label.
  std::string name = {};
  // "stated by the source" for a field that the record has under its own name.
  std::string rule = {};
  // "" when the article does not have the field.
  std::string value = {};
};

// All fields, in the order of a page, and the labels that the article has, before its body.
// Prepares the article first, as for the index; errors of schema::PrepareArticle.
absl::StatusOr<std::vector<ExplainedField>> ExplainFields(v1::Article& article,
                                                          const sources::FieldRules& rules);

}  // namespace broadsheet::commands
