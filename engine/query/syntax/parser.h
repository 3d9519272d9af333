// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the query language (docs/query_language.md) into a tree. Pure: knows the field table and
// nothing of any index. Nothing that is mistyped is reinterpreted in silence: it is an error that
// says where and what to do.
//
//   absl::StatusOr<ParsedQuery> parsed = Parse("headline:kim AND -putin", limits, MatchMode::kAll);
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/query/syntax/ast.h"
#include "engine/query/syntax/limits.h"

namespace broadsheet::query {

// How things without an operator between them combine.
enum class MatchMode : uint8_t {
  kAll,
  // One is enough. An explicit AND still binds; negated things and dates still narrow.
  kAny,
};

// `tag:kim jong un`: taken as written (the tag "kim" and two words), yet quotes were likely meant.
struct UnquotedValue {
  schema::FieldId field;
  std::string value;   // kim
  std::string quoted;  // tag:"kim jong un"
};

struct ParsedQuery {
  Node root;
  std::vector<UnquotedValue> unquoted_values;
};

// INVALID_ARGUMENT with a QueryError payload: QUERY_SYNTAX, QUERY_UNKNOWN_FIELD, QUERY_TOO_LONG,
// QUERY_TOO_COMPLEX. Dates are checked when they are compiled, since they depend on the time zone.
// Recursion is bounded by limits.max_nesting, and chains of operators are flat.
absl::StatusOr<ParsedQuery> Parse(std::string_view query, const Limits& limits, MatchMode mode);

}  // namespace broadsheet::query
