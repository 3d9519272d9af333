// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/syntax/scope.h"

#include <algorithm>
#include <array>

#include "engine/query/syntax/edit.h"
#include "engine/query/syntax/letters.h"
#include "engine/query/syntax/query_error.h"

namespace broadsheet::query {
namespace {

using schema::Field;
using schema::FieldId;

struct DateWord {
  std::string_view name;
  DateRelation relation;
  std::string_view elsewhere = {};  // what a mail program calls it
};
constexpr std::array kDateWords = {
    DateWord{"after", DateRelation::kFrom},
    DateWord{"since", DateRelation::kFrom, "newer_than"},
    DateWord{"before", DateRelation::kBefore, "older_than"},
    DateWord{"until", DateRelation::kUntil},
};

// Fields of other search engines that there are none of here.
constexpr std::array<std::string_view, 7> kNoFields = {"inurl", "allinurl", "inanchor", "filetype",
                                                       "cache", "related",  "url"};

// A field of Google, of Lexis, Factiva or the like, or of a mail program.
struct ForeignName {
  std::string name;  // in lower case
  std::string ours;  // "headline:"; "" = there is none
};

std::optional<ForeignName> FindForeign(std::string_view name) {
  ForeignName foreign{.name = LowerAscii(name), .ours = ""};
  for (const DateWord& word : kDateWords) {
    if (word.elsewhere == foreign.name) foreign.ours = std::string(word.name) + ":";
  }
  if (const Field* field = schema::FindElsewhere(foreign.name)) {
    foreign.ours = std::string(field->name) + ":";
  }
  const bool none = std::find(kNoFields.begin(), kNoFields.end(), foreign.name) != kNoFields.end();
  if (foreign.ours.empty() && !none) return std::nullopt;
  return foreign;
}

// No word of a headline looks like these: intitle, allinurl, newer_than.
bool IsCommand(const ForeignName& foreign) {
  return foreign.name.starts_with("in") || foreign.name.starts_with("allin") ||
         foreign.name.find('_') != std::string::npos || foreign.name == "filetype";
}

// `allintitle: a b` holds for all that follows.
std::string InPlaceOf(const ForeignName& foreign, std::string_view query, Span span) {
  const size_t value = std::min(query.find_first_not_of(" \t", span.end + 1), query.size());
  if (foreign.ours.empty() || !foreign.name.starts_with("all")) {
    return Replaced(query, {span.begin, value}, foreign.ours);
  }
  return std::string(query.substr(0, span.begin)) + foreign.ours + "(" +
         std::string(query.substr(value)) + ")";
}

absl::Status ForeignField(const ForeignName& foreign, std::string_view query, Span span) {
  return ToStatus({.reason = kUnknownField,
                   .span = span,
                   .message = "there is no field `" + foreign.name + "`",
                   .hint = foreign.ours.empty() ? "leave it out, or put the words in quotes"
                                                : "write `" + foreign.ours + "`",
                   .suggested_query = InPlaceOf(foreign, query, span)});
}

}  // namespace

std::optional<Scope> FindScope(std::string_view name) {
  const std::string lower = LowerAscii(name);
  for (const DateWord& word : kDateWords) {
    if (lower == word.name) {
      return Scope{&schema::FieldOf(FieldId::kDate), word.relation, lower};
    }
  }
  const Field* field = schema::FindField(lower);
  if (field == nullptr) return std::nullopt;
  return Scope{field, DateRelation::kWithin, lower};
}

NameKind KindOfName(std::string_view name) {
  if (FindScope(name)) return NameKind::kField;
  if (const auto foreign = FindForeign(name)) {
    return IsCommand(*foreign) ? NameKind::kCommand : NameKind::kForeign;
  }
  return NearestName(name).empty() ? NameKind::kWord : NameKind::kNearMiss;
}

std::string_view NearestName(std::string_view name) {
  if (const Field* field = schema::NearestField(name)) return field->name;
  for (const DateWord& word : kDateWords) {
    if (schema::IsSlipOf(name, word.name)) return word.name;
  }
  return "";
}

absl::StatusOr<Scope> ScopeOf(std::string_view query, Span span) {
  const std::string_view name = TextOf(query, span);
  if (std::optional<Scope> scope = FindScope(name)) return *std::move(scope);
  if (const auto foreign = FindForeign(name)) return ForeignField(*foreign, query, span);
  const std::string nearest(NearestName(name));
  return ToStatus({.reason = kUnknownField,
                   .span = span,
                   .message = "unknown field `" + std::string(name) + "`",
                   .hint = "did you mean `" + nearest + "`?",
                   .suggested_query = Replaced(query, span, nearest)});
}

absl::Status EmptyClause(std::string_view query, Span span) {
  const size_t colon = span.end;
  const size_t next = std::min(query.find_first_not_of(" \t", colon + 1), query.size());
  Mistake mistake{
      .span = {span.begin, colon + 1},
      .message = "nothing follows `" + std::string(TextOf(query, {span.begin, colon + 1})) + "`",
      .hint = "write the value right behind the colon"};
  if (next < query.size() && query[next] != ')') {
    mistake.suggested_query = Replaced(query, {colon + 1, next}, "");
  } else {
    mistake.suggested_query = Without(query, mistake.span);
  }
  return ToStatus(mistake);
}

}  // namespace broadsheet::query
