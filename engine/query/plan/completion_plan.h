// SPDX-License-Identifier: GPL-3.0-or-later
// All that completing a query has to know of its request, checked and with defaults filled in.
#pragma once

#include "absl/status/statusor.h"
#include "broadsheet/v1/search_service.pb.h"
#include "engine/query/compile/filters.h"
#include "engine/query/complete/completer.h"
#include "engine/query/syntax/limits.h"

namespace broadsheet::query {

struct CompletionPlan {
  TypedText typed;
  Filter filter;  // of the articles that completions stand in
};

// INVALID_ARGUMENT as search_service.proto says.
absl::StatusOr<CompletionPlan> MakeCompletionPlan(const v1::SuggestCompletionsRequest& request,
                                                  const Limits& limits);

}  // namespace broadsheet::query
