// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/plan/similar_plan.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_format.h"
#include "engine/query/plan/filter_request.h"
#include "engine/query/similar/similar_search.h"
#include "engine/schema/error.h"

namespace broadsheet::query {
namespace {

absl::Status ReadSeeds(const v1::FindSimilarArticlesRequest& request, SimilarPlan* plan) {
  if (request.ids().empty() == request.text().empty()) {
    return schema::BadField("ids", "give either the ids of articles or a text");
  }
  if (request.ids_size() > kMostSimilarIds) {
    return schema::BadField("ids", absl::StrFormat("give at most %d ids; these are %d",
                                                   kMostSimilarIds, request.ids_size()));
  }
  if (request.text().size() > kMostSimilarBytes) {
    return schema::BadField("text", absl::StrFormat("the text has %d bytes; at most %d are taken",
                                                    request.text().size(), kMostSimilarBytes));
  }
  plan->text = request.text();
  for (const std::string& id : request.ids()) {
    // An article that is named twice counts once.
    if (std::find(plan->ids.begin(), plan->ids.end(), id) == plan->ids.end()) {
      plan->ids.push_back(id);
    }
  }
  return absl::OkStatus();
}

absl::Status ReadAnswerShape(const v1::FindSimilarArticlesRequest& request, const Limits& limits,
                             SimilarPlan* plan) {
  if (request.page_size() < 0) return schema::BadField("page_size", "the page size is negative");
  const int wanted = request.page_size() == 0 ? limits.default_page_size : request.page_size();
  plan->page_size = std::min(static_cast<uint32_t>(wanted), kMostCompared);
  plan->read_mask = ReadMask::AllButBody();
  if (!request.has_read_mask()) return absl::OkStatus();
  absl::StatusOr<ReadMask> mask = ReadMask::From(request.read_mask());
  if (!mask.ok()) return mask.status();
  plan->read_mask = *std::move(mask);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<SimilarPlan> MakeSimilarPlan(const v1::FindSimilarArticlesRequest& request,
                                            const Limits& limits) {
  SimilarPlan plan;
  plan.include_copies = request.include_copies();
  absl::Status status = ReadSeeds(request, &plan);
  if (status.ok()) status = ReadAnswerShape(request, limits, &plan);
  if (status.ok()) status = ReadFilter(request.filter(), limits, &plan.filter);
  if (!status.ok()) return status;
  return plan;
}

}  // namespace broadsheet::query
