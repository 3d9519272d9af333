// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/commands/counts_command.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <ostream>
#include <string_view>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "arguments/nearest_name.h"
#include "client/request/query_options.h"
#include "client/request/search_request.h"
#include "client/session/option.h"
#include "client/session/request_print.h"
#include "client/view/article_table.h"
#include "client/view/count_chart.h"
#include "client/view/error_report.h"
#include "client/view/hit_list.h"
#include "client/view/json_output.h"

namespace broadsheet::client {
namespace {

constexpr std::string_view kFacetsFooter = R"(Counts are exact, and of all articles without a query.
  broadsheet facets byline ferry strike
  broadsheet facets tag,month 'tag:"ferry strike"' --since 2024
  broadsheet facets tag --prefix ferr

Exit status: 0 articles, 1 none, 2 error.)";

constexpr std::string_view kTimelineFooter =
    R"(Counts are exact, and of all articles without a query.
  broadsheet timeline month ferry
  broadsheet timeline day --since 2025-03-01 --until 2025-03-31 --time-zone Europe/London

Exit status: 0 articles, 1 none, 2 error.)";

constexpr std::string_view kTagsFooter = R"(The same as: broadsheet facets tag --prefix ferr
  broadsheet tags ferr
  broadsheet tags --output tsv

Exit status: 0 tags, 1 none, 2 error.)";

const std::vector<std::string>& FacetFields() {
  static const std::vector<std::string> fields = {
      "tag",       //
      "byline",    //
      "section",   //
      "source",    //
      "language",  //
      "year",      //
      "month",     //
      "weekday",
  };
  return fields;
}

struct IntervalName {
  std::string_view name;
  v1::Interval interval;
};

constexpr std::array kIntervals = {
    IntervalName{"hour", v1::INTERVAL_HOUR},       IntervalName{"day", v1::INTERVAL_DAY},
    IntervalName{"week", v1::INTERVAL_WEEK},       IntervalName{"month", v1::INTERVAL_MONTH},
    IntervalName{"quarter", v1::INTERVAL_QUARTER}, IntervalName{"year", v1::INTERVAL_YEAR}};

absl::Status NoSuchName(std::string_view kind, std::string_view typed,
                        const std::vector<std::string>& names) {
  const std::string nearest = arguments::NearestName(typed, names);
  return absl::InvalidArgumentError("there is no " + std::string(kind) + " \"" + Sanitized(typed) +
                                    "\"" +
                                    (nearest.empty() ? "." : "; did you mean " + nearest + "?") +
                                    " There are " + absl::StrJoin(names, ", "));
}

absl::Status AddFacets(const std::string& fields, int limit,
                       v1::AggregateArticlesRequest& request) {
  const std::vector<std::string> parts = absl::StrSplit(fields, ',', absl::SkipWhitespace());
  for (std::string field : parts) {
    field = std::string(absl::StripAsciiWhitespace(field));
    // As the lists of an article are named: tags, bylines.
    if (field.ends_with('s')) field.pop_back();
    const auto& known = FacetFields();
    if (std::find(known.begin(), known.end(), field) == known.end()) {
      return NoSuchName("facet", field, known);
    }
    v1::FacetRequest* facet = request.add_facets();
    facet->set_field(field);
    facet->set_limit(limit);
    // Of the hits that are shown, and no others.
    facet->set_keep_own_filter(true);
  }
  return absl::OkStatus();
}

absl::Status AddTimeline(std::string_view name, v1::AggregateArticlesRequest& request) {
  std::vector<std::string> names;
  for (const IntervalName& interval : kIntervals) {
    if (interval.name == name) request.mutable_timeline()->set_interval(interval.interval);
    names.emplace_back(interval.name);
  }
  return request.has_timeline() ? absl::OkStatus() : NoSuchName("interval", name, names);
}

absl::StatusOr<v1::AggregateArticlesRequest> CountsRequest(const CountsOptions& options,
                                                           const PreparedSearch& prepared) {
  v1::AggregateArticlesRequest request = AggregateRequest(prepared.request);
  const SearchOptions& query = options.query;
  if (!query.facets.empty()) {
    if (auto status = AddFacets(query.facets, query.limit, request); !status.ok()) return status;
  }
  if (!query.timeline.empty()) {
    if (auto status = AddTimeline(query.timeline, request); !status.ok()) return status;
  }
  for (v1::FacetRequest& facet : *request.mutable_facets()) {
    facet.set_prefix(options.prefix);
    facet.set_order(options.order == "value" ? v1::FACET_ORDER_VALUE : v1::FACET_ORDER_COUNT);
  }
  return request;
}

void PrintCountsTable(const v1::AggregateArticlesResponse& counts, TableForm form,
                      std::ostream& out) {
  if (!counts.timeline().empty()) {
    out << TableLine({"period", "count", "all"}, form);
    for (const v1::TimelineBucket& bucket : counts.timeline()) {
      out << TableLine(
          {bucket.label(), std::to_string(bucket.count()), std::to_string(bucket.all())}, form);
    }
    return;
  }
  out << TableLine({"field", "value", "count"}, form);
  for (const v1::Facet& facet : counts.facets()) {
    for (const v1::ValueCount& value : facet.values()) {
      out << TableLine({facet.field(), value.value(), std::to_string(value.count())}, form);
    }
  }
}

void PrintCountsText(const v1::AggregateArticlesResponse& counts, CommandContext& context) {
  std::ostream& out = context.streams.out;
  out << context.terminal.Styled(Style::kBold, TotalText(counts.total())) << '\n';
  v1::SearchArticlesResponse notices;
  *notices.mutable_notices() = counts.notices();
  PrintNotices(notices, context.terminal, out);
  for (const v1::Facet& facet : counts.facets()) {
    out << '\n';
    PrintFacet(facet, context.terminal, out);
  }
  if (!counts.timeline().empty() || counts.undated() > 0) out << '\n';
  PrintPeriods(counts, context.terminal, out);
}

void AddCountsOutput(CLI::App& command, CountsOptions& options) {
  AddOption(command, "--output", options.query.output, "text, json, csv or tsv")
      ->check(CLI::IsMember({"text", "json", "csv", "tsv"}))
      ->capture_default_str();
}

void AddLimit(CLI::App& command, CountsOptions& options) {
  AddOption(command, "--limit", options.query.limit, "Values of each field")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
}

void AddOrder(CLI::App& command, CountsOptions& options) {
  AddOption(command, "--order", options.order, "By count, or by value")
      ->check(CLI::IsMember({"count", "value"}))
      ->capture_default_str();
}

}  // namespace

CLI::App* DeclareFacets(CLI::App& app, CountsOptions& options) {
  CLI::App* command =
      app.add_subcommand("facets", "Count the articles that a query finds by the values of fields");
  command->footer(std::string(kFacetsFooter));
  options.query.may_be_empty = true;
  AddOption(*command, "FIELDS", options.query.facets,
            "One or more, between commas: " + absl::StrJoin(FacetFields(), ", "))
      ->required();
  AddQueryOptions(*command, options.query);
  AddLimit(*command, options);
  AddOption(*command, "--prefix", options.prefix, "Only values that begin so");
  AddOrder(*command, options);
  AddCountsOutput(*command, options);
  return command;
}

CLI::App* DeclareTimeline(CLI::App& app, CountsOptions& options) {
  CLI::App* command = app.add_subcommand(
      "timeline", "Count the articles that a query finds by when they were published");
  command->footer(std::string(kTimelineFooter));
  options.query.may_be_empty = true;
  AddOption(*command, "INTERVAL", options.query.timeline, "hour, day, week, month, quarter or year")
      ->required();
  AddQueryOptions(*command, options.query);
  AddCountsOutput(*command, options);
  return command;
}

CLI::App* DeclareTags(CLI::App& app, CountsOptions& options) {
  CLI::App* command = app.add_subcommand("tags", "Show which tags there are");
  command->footer(std::string(kTagsFooter));
  constexpr int kTagsShown = 50;
  options.query.may_be_empty = true;
  options.query.facets = "tag";
  options.query.limit = kTagsShown;
  AddOption(*command, "PREFIX", options.prefix, "Only tags that begin so");
  AddLimit(*command, options);
  AddOrder(*command, options);
  AddCountsOutput(*command, options);
  return command;
}

int RunCounts(const CountsOptions& options, CommandContext& context) {
  std::ostream& err = context.streams.err;
  const auto prepared = PrepareSearch(options.query, QueryText(options.query, context.streams.in));
  if (!prepared.ok()) {
    err << "broadsheet: " << std::string(prepared.status().message()) << '\n';
    return kExitError;
  }
  const auto request = CountsRequest(options, *prepared);
  if (!request.ok()) {
    err << "broadsheet: " << std::string(request.status().message()) << '\n';
    return kExitError;
  }
  if (PrintedInstead("SearchService/AggregateArticles", *request, context)) return kExitFound;
  if (!ConnectOrExplain(context.connection, err)) return kExitError;
  v1::AggregateArticlesResponse counts;
  const grpc::Status status = AskCounts(*request, counts, context.connection);
  if (!status.ok()) {
    ReportError(status, &prepared->sent, context.terminal, err);
    return kExitError;
  }
  const std::string& output = options.query.output;
  if (output == "json") {
    WriteJson(counts, JsonLayout::kIndented, context.streams.out);
  } else if (IsTable(output)) {
    PrintCountsTable(counts, output == "csv" ? TableForm::kCsv : TableForm::kTsv,
                     context.streams.out);
  } else {
    PrintCountsText(counts, context);
  }
  const bool found = counts.facets_size() == 1 && !options.prefix.empty()
                         ? !counts.facets(0).values().empty()
                         : counts.total().value() > 0;
  return found ? kExitFound : kExitNothingFound;
}

absl::StatusOr<std::optional<v1::AggregateArticlesRequest>> CountingBeside(
    const SearchOptions& options, const v1::SearchArticlesRequest& search) {
  if (options.facets.empty() && options.timeline.empty()) return std::nullopt;
  if (options.output != "text" || options.count) {
    return absl::InvalidArgumentError(
        "--facet and --timeline draw below hits in text; for programs there are `broadsheet "
        "facets` and `broadsheet timeline`");
  }
  v1::AggregateArticlesRequest request = AggregateRequest(search);
  constexpr int kValuesShown = 10;
  if (!options.facets.empty()) {
    if (auto status = AddFacets(options.facets, kValuesShown, request); !status.ok()) {
      return status;
    }
  }
  if (!options.timeline.empty()) {
    if (auto status = AddTimeline(options.timeline, request); !status.ok()) return status;
  }
  return request;
}

grpc::Status AskCounts(const v1::AggregateArticlesRequest& request,
                       v1::AggregateArticlesResponse& response, Connection& connection) {
  grpc::ClientContext call;
  connection.Prepare(call);
  return connection.stub().AggregateArticles(&call, request, &response);
}

}  // namespace broadsheet::client
