// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/compile/query_languages.h"

#include <set>

#include "engine/schema/field_table.h"
#include "engine/text/language.h"

namespace broadsheet::query {

std::vector<std::string> QueryLanguages(const Filter& filter,
                                        const std::vector<std::string>& index_languages) {
  std::set<std::string> named;
  for (const ValueCondition& condition : filter.values) {
    if (condition.field != schema::FieldId::kLanguage) continue;
    for (const std::vector<std::string>& values : {condition.any_of, condition.all_of}) {
      for (const std::string& language : values) named.insert(text::PrimaryLanguage(language));
    }
  }
  if (named.empty()) return index_languages;
  return {named.begin(), named.end()};
}

}  // namespace broadsheet::query
