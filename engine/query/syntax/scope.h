// SPDX-License-Identifier: GPL-3.0-or-later
// The field, or relation of dates, that a clause such as `headline:` or `after:` names, and what a
// name that is neither may have meant.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "engine/query/syntax/ast.h"

namespace broadsheet::query {

struct Scope {
  const schema::Field* field = nullptr;  // null = the default search
  DateRelation relation = DateRelation::kWithin;
  std::string name;  // as typed in lower case, for messages
};

// The scope of `name`, ASCII case ignored; nullopt for any other word.
std::optional<Scope> FindScope(std::string_view name);

// What a word right before a colon is.
enum class NameKind : uint8_t {
  kWord,      // text: News, Re, Trump
  kField,     // headline, since
  kNearMiss,  // capton
  kForeign,   // a field of other search engines, that may be text as well: site, url
  kCommand,   // one that is nothing else: intitle, inurl
};
NameKind KindOfName(std::string_view name);

// The scope that `name`, bytes `span` of the query, names; for a near miss or a foreign field a
// Mistake (QUERY_UNKNOWN_FIELD) as Status that suggests ours.
absl::StatusOr<Scope> ScopeOf(std::string_view query, Span span);

// What to write for `name` as it is typed: "caption" for capton; "" when nothing is near.
std::string_view NearestName(std::string_view name);

// The Mistake of a field's name, bytes `span` of the query, with nothing right after its colon.
absl::Status EmptyClause(std::string_view query, Span span);

}  // namespace broadsheet::query
