// SPDX-License-Identifier: GPL-3.0-or-later
// `broadsheet facets`, `timeline` and `tags`, and what `search --facet --timeline` counts beside
// its hits.
#pragma once

#include <grpcpp/grpcpp.h>

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "broadsheet/v1/search_service.pb.h"
#include "client/request/search_options.h"
#include "client/session/command_context.h"

namespace CLI {
class App;
}

namespace broadsheet::client {

struct CountsOptions {
  SearchOptions query;
  std::string prefix;  // of values
  std::string order = "count";
};

// search.facets has the fields and search.timeline the interval, which stand before the query.
CLI::App* DeclareFacets(CLI::App& app, CountsOptions& options);
CLI::App* DeclareTimeline(CLI::App& app, CountsOptions& options);
CLI::App* DeclareTags(CLI::App& app, CountsOptions& options);
int RunCounts(const CountsOptions& options, CommandContext& context);

// What to count beside the hits of a search; nullopt when nothing. INVALID_ARGUMENT with a message
// for a person for fields or intervals that there are not, and for outputs without a place for it.
absl::StatusOr<std::optional<v1::AggregateArticlesRequest>> CountingBeside(
    const SearchOptions& options, const v1::SearchArticlesRequest& search);

grpc::Status AskCounts(const v1::AggregateArticlesRequest& request,
                       v1::AggregateArticlesResponse& response, Connection& connection);

}  // namespace broadsheet::client
