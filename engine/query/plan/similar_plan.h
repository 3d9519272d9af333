// SPDX-License-Identifier: GPL-3.0-or-later
// All that finding similar articles has to know of its request, checked and with defaults filled
// in.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "broadsheet/v1/search_service.pb.h"
#include "engine/query/compile/filters.h"
#include "engine/query/plan/read_mask.h"
#include "engine/query/syntax/limits.h"

namespace broadsheet::query {

// search_service.proto promises both.
inline constexpr int kMostSimilarIds = 20;
inline constexpr size_t kMostSimilarBytes = 256 << 10;

struct SimilarPlan {
  // One of both is not empty.
  std::vector<std::string> ids;  // each once
  std::string text;
  Filter filter;
  uint32_t page_size = 0;
  bool include_copies = false;
  ReadMask read_mask;
};

// INVALID_ARGUMENT as search_service.proto says.
absl::StatusOr<SimilarPlan> MakeSimilarPlan(const v1::FindSimilarArticlesRequest& request,
                                            const Limits& limits);

}  // namespace broadsheet::query
