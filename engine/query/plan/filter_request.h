// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the filter of a request.
#pragma once

#include "absl/status/status.h"
#include "broadsheet/v1/search_service.pb.h"
#include "engine/query/compile/filters.h"
#include "engine/query/syntax/limits.h"

namespace broadsheet::query {

// Replaces `filter`, whose dates are compared in UTC until its zone is set. INVALID_ARGUMENT for an
// empty value (BadRequest), and with QUERY_TOO_COMPLEX for more values than
// Limits::max_expanded_leaves.
absl::Status ReadFilter(const v1::Filter& from, const Limits& limits, Filter* filter);

}  // namespace broadsheet::query
