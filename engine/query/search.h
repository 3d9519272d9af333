// SPDX-License-Identifier: GPL-3.0-or-later
// One search over one snapshot: compiles the plan's query, matches, reads the articles of the page
// and marks what matched, notes what a reader ought to know.
#pragma once

#include "absl/status/statusor.h"
#include "broadsheet/v1/search_service.pb.h"
#include "engine/base/call_control.h"
#include "engine/query/answer_cache.h"
#include "engine/query/encoded_response.h"
#include "engine/query/plan/search_plan.h"
#include "engine/query/search_context.h"

namespace broadsheet::query {

// When the answer to `plan` that is made at `now` is right. Dates of a query, such as `today`, are
// counted from a day; embargoes end at an instant; what is ranked by its age ages all the time.
ValidTime ValidTimeOf(const SearchPlan& plan, storage::Snapshot& snapshot, absl::Time now);

// INVALID_ARGUMENT as Compile(), and with PAGE_TOO_DEEP where pages by relevance end; errors of
// reading articles. Throws what Xapian and the deadline throw.
absl::StatusOr<EncodedResponse> Search(const SearchContext& context, const SearchPlan& plan,
                                       const base::CallControl& call);

}  // namespace broadsheet::query
