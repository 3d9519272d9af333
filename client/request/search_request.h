// SPDX-License-Identifier: GPL-3.0-or-later
// Makes the request from the typed options.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "broadsheet/v1/search_service.pb.h"
#include "client/request/search_options.h"
#include "client/view/call_error.h"

namespace broadsheet::client {

struct PreparedSearch {
  v1::SearchArticlesRequest request;
  // The place of the user's own words in request.query().
  SentQuery sent;
};

// `words` is the query as typed; --since, --until and --caption become clauses beside it, so that
// the server reads their values. INVALID_ARGUMENT with a message for the user when there is nothing
// to search for, or what no request can carry.
absl::StatusOr<PreparedSearch> PrepareSearch(const SearchOptions& options,
                                             const std::string& words);

// The zone in which the dates of `query`, as it is sent, are read: that of --time-zone, else the
// person's own where the query has dates; "" = UTC.
std::string ZoneOfDates(const SearchOptions& options, std::string_view query);

// A clause of a query for a phrase or a value: id:"a b". Quotes in it become spaces.
std::string QuotedClause(std::string_view field, const std::string& value);

// Whether `--output` asks for a table: "csv" or "tsv".
bool IsTable(std::string_view output);

// The same query and filter as those of a search, for what streams or counts all its hits.
v1::ExportArticlesRequest ExportRequest(const v1::SearchArticlesRequest& search);
v1::CountQueriesRequest CountRequest(const v1::SearchArticlesRequest& search);
v1::AggregateArticlesRequest AggregateRequest(const v1::SearchArticlesRequest& search);

}  // namespace broadsheet::client
