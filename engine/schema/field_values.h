// SPDX-License-Identifier: GPL-3.0-or-later
// Where the values of a field stand in an Article: one row a field, beside the field table. Whoever
// reads an article field by field does it by these rows and lists no fields of his own.
//
//   ForEachValue(article, field, [](int index, const std::string& value) { ... });
#pragma once

#include <string>
#include <string_view>

#include "broadsheet/v1/article.pb.h"
#include "engine/schema/field_table.h"

namespace broadsheet::schema {

// Plain functions, so that a value costs a call and no more.
struct FieldValues {
  FieldId field;
  // The number of Article's field that holds them, which read masks name.
  int article_field;
  // What Fragment.field calls them; "" for what no fragment shows.
  std::string_view shown_as;
  // How many there are, empty ones included; 0 for date, whose value is no text.
  int (*count)(const v1::Article& article);
  // Value `index`, from 0 to below `count`. A caption and its credit have one index.
  const std::string& (*at)(const v1::Article& article, int index);
};

// Every field has its row. Lives as long as the program; safe to read from any thread.
const FieldValues& ValuesOf(FieldId field);

// Calls `visit(index, value)` for each value that is not empty, in the order of the article. The
// values are the article's own.
template <typename Visit>
void ForEachValue(const v1::Article& article, FieldId field, Visit visit) {
  const FieldValues& values = ValuesOf(field);
  const int count = values.count(article);
  for (int i = 0; i < count; ++i) {
    const std::string& value = values.at(article, i);
    if (!value.empty()) visit(i, value);
  }
}

}  // namespace broadsheet::schema
