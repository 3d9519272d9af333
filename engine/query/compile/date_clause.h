// SPDX-License-Identifier: GPL-3.0-or-later
// date:, after:, before: and since: as Xapian queries over date terms and value slots.
//
// `date:` compares the local period an article states, whatever the time zone: it must lie within
// the clause's. A single year, month or day is a term; a range is a condition on two slots.
// `after:` and `since:` (which include its start), `before:` (which excludes it) and `until:`
// (which includes its end) compare when an article was published (published_range.h).
#pragma once

#include <xapian.h>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "engine/query/syntax/ast.h"
#include "engine/query/syntax/date_reading.h"

namespace broadsheet::query {

// A Mistake (QUERY_BAD_DATE) as Status for what is no date; `query` is what the span points into.
absl::StatusOr<Xapian::Query> CompileDate(const Node& node, const DateContext& context);

}  // namespace broadsheet::query
