// SPDX-License-Identifier: GPL-3.0-or-later
// Answers one request for completions over one snapshot.
#pragma once

#include "absl/status/statusor.h"
#include "broadsheet/v1/search_service.pb.h"
#include "engine/base/call_control.h"
#include "engine/query/plan/completion_plan.h"
#include "engine/query/search_context.h"

namespace broadsheet::query {

// Errors of reading articles; DATA_LOSS
// when live is damaged. Throws what Xapian and the deadline throw.
absl::StatusOr<v1::SuggestCompletionsResponse> SuggestCompletions(const SearchContext& context,
                                                                  const CompletionPlan& plan,
                                                                  const base::CallControl& call);

}  // namespace broadsheet::query
