// SPDX-License-Identifier: GPL-3.0-or-later
// Counts what a search finds, by fields and by periods, over one snapshot: collects all documents
// that match, and walks over their columns.
#pragma once

#include "absl/status/statusor.h"
#include "broadsheet/v1/search_service.pb.h"
#include "engine/base/call_control.h"
#include "engine/query/plan/aggregation_plan.h"
#include "engine/query/search.h"

namespace broadsheet::query {

// INVALID_ARGUMENT as Compile(), and for a timeline of too many periods; DATA_LOSS when live is
// damaged. Throws what Xapian and the deadline throw.
absl::StatusOr<v1::AggregateArticlesResponse> Aggregate(const SearchContext& context,
                                                        const AggregationPlan& plan,
                                                        const base::CallControl& call);

}  // namespace broadsheet::query
