// SPDX-License-Identifier: GPL-3.0-or-later
// All that counting by fields and periods has to know of its request, checked and with defaults
// filled in.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "broadsheet/v1/search_service.pb.h"
#include "engine/query/aggregate/date_facets.h"
#include "engine/query/aggregate/facet_counts.h"
#include "engine/query/aggregate/timeline.h"
#include "engine/query/plan/search_plan.h"
#include "engine/query/syntax/limits.h"

namespace broadsheet::query {

struct FacetPlan {
  std::string name;  // as the response has it
  std::variant<schema::FieldId, DatePart> counted;
  FacetSelection selection;
  // Counted without the filter's condition on the field.
  bool without_own_filter = false;
};

struct AggregationPlan {
  SearchPlan search;  // what is counted; its order and page mean nothing
  std::vector<FacetPlan> facets;
  std::optional<TimelineRequest> timeline;
  bool shares = false;     // fills TimelineBucket.share
  size_t significant = 0;  // how many values
};

// The search whose hits are counted.
v1::SearchArticlesRequest SearchOf(const v1::AggregateArticlesRequest& request);

// INVALID_ARGUMENT as search_service.proto says.
absl::StatusOr<AggregationPlan> MakeAggregationPlan(const v1::AggregateArticlesRequest& request,
                                                    const Limits& limits);

// `plan` without its filter's condition on `field`.
SearchPlan WithoutFilterOn(schema::FieldId field, const SearchPlan& plan);

}  // namespace broadsheet::query
