// SPDX-License-Identifier: GPL-3.0-or-later
// What a person may be about to type, and the kinds of it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/query/syntax/ast.h"
#include "engine/schema/field_table.h"

namespace broadsheet::query {

// Of what is no text of an article's field.
enum class PlainKind : uint8_t {
  kField,     // the name of a field
  kOperator,  // AND, OR, NOT, NEAR
  kWord,
};

// One of these, or the field of which it is a whole value or a headline.
using CompletionKind = std::variant<PlainKind, schema::FieldId>;

inline std::string_view NameOf(const CompletionKind& kind) {
  if (const auto* field = std::get_if<schema::FieldId>(&kind)) return schema::FieldOf(*field).name;
  switch (std::get<PlainKind>(kind)) {
    case PlainKind::kField:
      return "field";
    case PlainKind::kOperator:
      return "operator";
    case PlainKind::kWord:
      break;
  }
  return "word";
}

// All there are: the fields with whole values, headlines, and the plain ones.
inline std::vector<CompletionKind> AllCompletionKinds() {
  std::vector<CompletionKind> kinds = {PlainKind::kField, PlainKind::kOperator, PlainKind::kWord};
  for (const schema::Field& field : schema::Fields()) {
    if (field.facet) kinds.emplace_back(field.id);
  }
  kinds.emplace_back(schema::FieldId::kHeadline);
  return kinds;
}

struct Completion {
  CompletionKind kind = PlainKind::kWord;
  Span span = {};          // what is replaced
  std::string text = {};   // by what, in the query language
  std::string value = {};  // the same without marks, to be shown
  // How many visible articles have it; 0 where they are not counted.
  uint64_t count = 0;
  // What it is ordered by among those of as many edits; about as many articles as have it.
  uint64_t popularity = 0;
  // How many letters differ from what was typed.
  int edits = 0;
};

}  // namespace broadsheet::query
