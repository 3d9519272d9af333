// SPDX-License-Identifier: GPL-3.0-or-later
// The typed Filter of a request as an unscored Xapian query.
#pragma once

#include <xapian.h>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "broadsheet/v1/search_service.pb.h"
#include "engine/query/match/match_context.h"

namespace broadsheet::query {

// True when `filter` sets any condition.
bool IsSet(const v1::Filter& filter);
bool FiltersByDate(const v1::Filter& filter);

// How many terms the filter stands for, towards Limits::max_expanded_leaves.
size_t CountValues(const v1::Filter& filter);

// MatchAll when no condition is set. INVALID_ARGUMENT with BadRequest for an empty value. `context`
// must outlive the query.
absl::StatusOr<Xapian::Query> CompileFilter(MatchContext& context, const v1::Filter& filter);

// The conditions that are set, for a person to check.
std::vector<v1::AppliedFilter> ExplainFilter(const v1::Filter& filter);

// The languages that the words of a query are stemmed in: those of the index, or, when the filter
// names languages, just these.
std::vector<std::string> QueryLanguages(const v1::Filter& filter,
                                        const std::vector<std::string>& index_languages);

}  // namespace broadsheet::query
