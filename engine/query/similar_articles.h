// SPDX-License-Identifier: GPL-3.0-or-later
// Answers one request for similar articles over one snapshot.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "broadsheet/v1/article.pb.h"
#include "engine/base/call_control.h"
#include "engine/query/encoded_response.h"
#include "engine/query/plan/similar_plan.h"
#include "engine/query/search.h"

namespace broadsheet::query {

// `seeds` are the articles that the plan names; none if it has a text. The result is a serialised
// broadsheet.v1.FindSimilarArticlesResponse. Errors of reading articles; throws what Xapian and the
// deadline throw.
absl::StatusOr<EncodedResponse> FindSimilarArticles(const SearchContext& context,
                                                    const SimilarPlan& plan,
                                                    const std::vector<v1::Article>& seeds,
                                                    const base::CallControl& call);

}  // namespace broadsheet::query
