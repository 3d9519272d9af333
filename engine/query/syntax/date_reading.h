// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the dates of date:, after:, since:, before: and until:, of a query and of a filter alike.
// Pure; safe from any thread.
#pragma once

#include <optional>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "engine/query/syntax/ast.h"
#include "engine/schema/published_time.h"

namespace broadsheet::query {

// When and where a query is asked: what `yesterday` means.
struct DateContext {
  absl::Time now;
  absl::TimeZone zone;
};

// `date:none` has neither end, `date:2024` the same twice.
struct DateBounds {
  std::optional<schema::DateExpression> first;
  std::optional<schema::DateExpression> last;
};

// True for date:none.
bool AsksForUndated(const Node& node);

// The dates of a kDate node. `query` is what its span points into, or empty when there is none. A
// Mistake (QUERY_BAD_DATE) as Status for what is no date; whether it is one depends neither on
// `context` nor on an index.
absl::StatusOr<DateBounds> ReadDates(const Node& node, std::string_view query,
                                     const DateContext& context);

}  // namespace broadsheet::query
