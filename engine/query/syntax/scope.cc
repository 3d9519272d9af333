// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/syntax/scope.h"

#include <algorithm>

#include "engine/query/syntax/query_error.h"

namespace broadsheet::query {
namespace {

using schema::Field;
using schema::FieldId;

absl::Status UnknownField(std::string_view query, const Token& token) {
  const Field* nearest = schema::NearestField(token.text);
  Mistake mistake{
      .reason = kUnknownField, .span = token.span, .message = "unknown field `" + token.text + "`"};
  if (nearest != nullptr) {
    mistake.hint = "did you mean `" + std::string(nearest->name) + "`?";
    mistake.suggested_query = Replaced(query, token.span, nearest->name);
    return ToStatus(mistake);
  }
  mistake.hint = "to find words with a colon, put them in quotes; the fields are";
  for (const Field& field : schema::Fields()) mistake.hint += " " + std::string(field.name);
  return ToStatus(mistake);
}

}  // namespace

absl::StatusOr<Scope> ScopeOf(std::string_view query, const Token& token) {
  std::string name = token.text;
  std::transform(name.begin(), name.end(), name.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  if (name == "after" || name == "since") {
    return Scope{&schema::FieldOf(FieldId::kDate), DateRelation::kFrom, name};
  }
  if (name == "before") return Scope{&schema::FieldOf(FieldId::kDate), DateRelation::kBefore, name};
  const Field* field = schema::FindField(name);
  if (field == nullptr) return UnknownField(query, token);
  return Scope{field, DateRelation::kWithin, name};
}

absl::Status EmptyClause(std::string_view query, const Token& token) {
  const size_t colon = token.span.end;
  size_t next = colon + 1;
  while (next < query.size() && query[next] == ' ') ++next;
  Mistake mistake{.span = {token.span.begin, colon + 1},
                  .message = "nothing follows `" + token.text + ":`",
                  .hint = "write the value right behind the colon"};
  if (next < query.size() && query[next] != ')') {
    mistake.suggested_query = Replaced(query, {colon + 1, next}, "");
  }
  return ToStatus(mistake);
}

}  // namespace broadsheet::query
