// SPDX-License-Identifier: GPL-3.0-or-later
// Makes the request from the typed options.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "broadsheet/v1/search_service.pb.h"
#include "client/commands/search_options.h"
#include "client/view/error_report.h"

namespace broadsheet::client {

struct PreparedSearch {
  v1::SearchArticlesRequest request;
  // The place of the user's own words in request.query().
  SentQuery sent;
};

// `words` is the query as typed. INVALID_ARGUMENT with a message for the user when an option's
// value makes no sense.
absl::StatusOr<PreparedSearch> PrepareSearch(const SearchOptions& options, const std::string& words,
                                             absl::Time now);

}  // namespace broadsheet::client
