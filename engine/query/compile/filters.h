// SPDX-License-Identifier: GPL-3.0-or-later
// The typed filter of a search, and the same as an unscored Xapian query.
#pragma once

#include <xapian.h>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "broadsheet/v1/search_service.pb.h"
#include "engine/query/match/match_context.h"
#include "engine/schema/field_table.h"

namespace broadsheet::query {

// What whole values of one field must be; an empty list sets no condition. No value is blank.
struct ValueCondition {
  schema::FieldId field;
  std::vector<std::string> any_of = {};
  std::vector<std::string> all_of = {};
  std::vector<std::string> none_of = {};

  bool operator==(const ValueCondition&) const = default;
};

// What a hit must meet besides the query, all of it.
struct Filter {
  std::vector<ValueCondition> values = {};
  std::optional<absl::Time> published_from = {};   // included
  std::optional<absl::Time> published_until = {};  // excluded
  // Where articles that state a day are compared with these instants.
  absl::TimeZone zone = absl::UTCTimeZone();
  // Lets undated articles pass both; by itself it sets no condition.
  bool include_undated = false;

  bool operator==(const Filter&) const = default;
};

// True when `filter` sets any condition.
bool IsSet(const Filter& filter);
bool FiltersByDate(const Filter& filter);

// How many terms the filter stands for, towards Limits::max_expanded_leaves.
size_t CountValues(const Filter& filter);

// EveryDocument() when no condition is set. `context` must outlive the query.
Xapian::Query CompileFilter(MatchContext& context, const Filter& filter);

// The conditions that are set, for a person to check.
std::vector<v1::AppliedFilter> ExplainFilter(const Filter& filter);

}  // namespace broadsheet::query
