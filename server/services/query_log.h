// SPDX-License-Identifier: GPL-3.0-or-later
// What was searched for, without who did: a line for each search, which `broadsheet-indexer
// queries` counts. Nobody's query is logged unless --query-log is given.
#pragma once

#include "absl/time/time.h"
#include "broadsheet/v1/search_service.pb.h"
#include "engine/query/encoded_response.h"
#include "server/base/line_file.h"

namespace broadsheet::server {

// Writes a line for `request`, which came at `time` and was answered with `response`:
//   {"time":"2026-11-30T15:00:00.000Z","level":"search","query":"ferry strike","hits":12,
//    "filtered":false}
// The time has the hour only, and nothing is said of the caller. Nothing is written for further
// pages, nor without a query.
void LogSearch(LineFile& file, absl::Time time, const v1::SearchArticlesRequest& request,
               const query::EncodedResponse& response);

}  // namespace broadsheet::server
