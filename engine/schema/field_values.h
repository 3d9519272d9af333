// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the values of each field from an Article: one row a field, beside the field table. Code
// that reads an article field by field uses these rows and lists no fields itself.
//
//   ForEachValue(article, field, [](int index, const std::string& value) { ... });
#pragma once

#include <string>
#include <string_view>

#include "broadsheet/v1/article.pb.h"
#include "engine/schema/field_table.h"

namespace broadsheet::schema {

// Plain functions, so that reading a value costs one call.
struct FieldValues {
  FieldId field;
  // The number of the field in the message Article that holds the values, for read masks.
  int article_field;
  // The field's name in Fragment.field; "" for a field that no fragment shows.
  std::string_view shown_as;
  // The number of values, empty ones included; 0 for date, whose value is not text.
  int (*count)(const v1::Article& article);
  // Value `index`, from 0 to below `count`. A caption and its credit have one index.
  const std::string& (*at)(const v1::Article& article, int index);
};

// Every field has a row. Rows live as long as the program; safe to read from any thread.
const FieldValues& ValuesOf(FieldId field);

// Calls `visit(index, value)` for each value that is not empty, in the order of the article. The
// values belong to the article.
template <typename Visit>
void ForEachValue(const v1::Article& article, FieldId field, Visit visit) {
  const FieldValues& values = ValuesOf(field);
  const int count = values.count(article);
  for (int i = 0; i < count; ++i) {
    const std::string& value = values.at(article, i);
    if (!value.empty()) visit(i, value);
  }
}

// "" where there is none.
inline const std::string& HeadlineOf(const v1::Article& article) {
  return ValuesOf(FieldId::kHeadline).at(article, 0);
}

}  // namespace broadsheet::schema
