// SPDX-License-Identifier: GPL-3.0-or-later
// How many articles a query finds, and the ids of the newest of them.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "broadsheet/v1/search_service.pb.h"
#include "engine/base/call_control.h"
#include "engine/query/plan/search_plan.h"
#include "engine/query/search_context.h"

namespace broadsheet::query {

struct QueryCount {
  v1::Total total;  // exact
  std::vector<std::string> sample_ids;
};

// `plan` is of SearchOf() of the request, and `sample` the number of ids. INVALID_ARGUMENT as
// Compile(); errors of reading articles. Throws what Xapian and the deadline throw.
absl::StatusOr<QueryCount> CountQuery(const SearchContext& context, const SearchPlan& plan,
                                      uint32_t sample, const base::CallControl& call);

}  // namespace broadsheet::query
