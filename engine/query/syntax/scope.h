// SPDX-License-Identifier: GPL-3.0-or-later
// The field, or relation of dates, that a clause such as `headline:` or `after:` names.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "engine/query/syntax/ast.h"
#include "engine/query/syntax/lexer.h"

namespace broadsheet::query {

struct Scope {
  const schema::Field* field = nullptr;  // null = the default search
  DateRelation relation = DateRelation::kWithin;
  std::string name;  // as typed in lower case, for messages
};

// The scope that a kField token names; for an unknown name a Mistake (QUERY_UNKNOWN_FIELD) as
// Status, which suggests the nearest field.
absl::StatusOr<Scope> ScopeOf(std::string_view query, const Token& token);

// The Mistake of a field's name with nothing right after its colon.
absl::Status EmptyClause(std::string_view query, const Token& token);

}  // namespace broadsheet::query
