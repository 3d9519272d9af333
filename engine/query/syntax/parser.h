// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the query language (docs/query_language.md) into a tree. Pure: uses the field table and no
// index. A mistyped query is never silently reinterpreted: it gives an error with the place and the
// remedy.
//
//   absl::StatusOr<ParsedQuery> parsed = Parse("headline:kim AND -putin", limits, MatchMode::kAll);
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/query/syntax/ast.h"
#include "engine/query/syntax/limits.h"
#include "engine/query/syntax/remarks.h"

namespace broadsheet::query {

// How neighbouring clauses without an operator combine.
enum class MatchMode : uint8_t {
  kAll,
  // One clause is enough to match. An explicit AND still binds; negated clauses and dates still
  // restrict.
  kAny,
};

// `tag:kim jong un`, which is parsed as written (the tag "kim" and two words), although the author
// probably meant quotes.
struct UnquotedValue {
  schema::FieldId field;
  std::string value;   // kim
  std::string quoted;  // tag:"kim jong un"
};

struct ParsedQuery {
  Node root;
  std::vector<UnquotedValue> unquoted_values;
  // Their suggestions are accepted, too.
  std::vector<Remark> remarks;
};

// INVALID_ARGUMENT with a QueryError payload: QUERY_SYNTAX, QUERY_UNKNOWN_FIELD, QUERY_BAD_DATE,
// QUERY_TOO_LONG, QUERY_TOO_COMPLEX. The query that it suggests, if any, is accepted. Recursion is
// bounded by limits.max_nesting, and chains of operators are flat.
absl::StatusOr<ParsedQuery> Parse(std::string_view query, const Limits& limits, MatchMode mode);

}  // namespace broadsheet::query
