// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/article/draft.h"

#include <string>
#include <utility>
#include <vector>

namespace broadsheet::sources {

void Draft::GivenBy(std::string_view part) {
  if (!on_rules_) return;
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  article_.GetReflection()->ListFields(article_, &fields);
  for (const google::protobuf::FieldDescriptor* field : fields) {
    if (!known_.insert(field->name()).second) continue;
    rules_.push_back({.field = field->name(), .rule = std::string(part)});
  }
}

absl::Status Draft::HandOver(const ArticleSink& articles) {
  if (on_rules_) on_rules_(article_, rules_);
  return articles(std::move(article_));
}

}  // namespace broadsheet::sources
