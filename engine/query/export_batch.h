// SPDX-License-Identifier: GPL-3.0-or-later
// An export, one batch after another. Nothing is kept between batches but the place reached, so an
// export costs no memory while its caller reads, and goes on over whatever is published meanwhile.
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "broadsheet/v1/search_service.pb.h"
#include "engine/base/call_control.h"
#include "engine/query/plan/search_plan.h"
#include "engine/query/search_context.h"

namespace broadsheet::query {

// Where an export stands.
struct ExportPosition {
  // The resume_token that was reached; empty = at the start.
  std::string resume_token = {};
  // The first batch of a stream has the total and the notices.
  bool first = true;
  // How many articles to look for: about as many as fit into a batch, going by the one before.
  uint32_t expected = 100;
};

struct ExportBatch {
  // A serialised ExportArticlesResponse.
  std::string bytes;
  ExportPosition next;
  // Nothing comes behind it now.
  bool last = false;
};

// Reads the batch at `position`; `plan` is of SearchOf() of its request. INVALID_ARGUMENT with
// RESUME_TOKEN_INVALID, or as Compile(); errors of reading articles. Throws what Xapian and the
// deadline throw.
absl::StatusOr<ExportBatch> ReadBatch(const SearchContext& context, const SearchPlan& plan,
                                      const ExportPosition& position,
                                      const base::CallControl& call);

}  // namespace broadsheet::query
