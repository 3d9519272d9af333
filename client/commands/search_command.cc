// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/commands/search_command.h"

#include <grpcpp/grpcpp.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <ostream>

#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "client/commands/counts_command.h"
#include "client/commands/export_command.h"
#include "client/commands/queries_command.h"
#include "client/commands/search_answer.h"
#include "client/request/query_options.h"
#include "client/request/search_line.h"
#include "client/request/search_request.h"
#include "client/request/search_value_options.h"
#include "client/session/option.h"
#include "client/session/request_print.h"
#include "client/view/article_table.h"
#include "client/view/error_report.h"
#include "field_names.h"

namespace broadsheet::client {
namespace {

// $WORD_FIELDS and the like stand for what Footer() puts there.
constexpr const char* kFooter = R"(Query language:
  kim putin           both words      "signing ceremony"     a phrase
  kim OR putin        either          kim -putin             without
  headline:summit     in one field    "a b"~5 a NEAR/5 b     near each other
  tag:"kim jong un"   a whole value   govern* =exact word~   forms of a word
  date:2024-06        that month      since:7d               from then on
  after:2024          later           before:2024-06-19      earlier

Fields of words: $WORD_FIELDS. Of whole values: $VALUE_FIELDS. docs/query_language.md has more.

An option takes one value and stands anywhere. Behind -- everything is a word. May be given again:
  $VALUE_OPTIONS
The shell eats quotes, so give phrases in single quotes, or use the options:
  broadsheet search '"signing ceremony"' --tag "Kim Jong Un" --since 2024
  broadsheet search --caption "signing ceremony" --sort newest
  broadsheet search -- 'putin -kim'
  broadsheet search kim jong un --output ids | head -1
  broadsheet search ferry --facet tag,byline --timeline month
  broadsheet search ferry --output csv --fields published,headline,url > ferry.csv

Exit status: 0 hits, 1 no hits, 2 error.)";

std::string Footer() {
  const std::string options =
      absl::StrJoin(ValueOptions(), " ",
                    [](std::string* out, const ValueOption& option) { out->append(option.name); });
  return absl::StrReplaceAll(kFooter, {{"$WORD_FIELDS", kWordFields},
                                       {"$VALUE_FIELDS", kValueFields},
                                       {"$VALUE_OPTIONS", options}});
}

grpc::Status Ask(const v1::SearchArticlesRequest& request, v1::SearchArticlesResponse& response,
                 Connection& connection) {
  grpc::ClientContext call;
  connection.Prepare(call);
  return connection.stub().SearchArticles(&call, request, &response);
}

// The query that the server offers instead of the one it refused, once it takes what it offers: it
// mends one mistake at a time, and there may be more. "" = none.
std::string AcceptedQuery(grpc::Status refused, v1::SearchArticlesRequest request,
                          Connection& connection) {
  // A query with more is not offered.
  constexpr int kMostMistakes = 8;
  request.set_page_size(1);
  request.set_skip(0);
  for (int i = 0; i < kMostMistakes; ++i) {
    if (refused.error_code() != grpc::StatusCode::INVALID_ARGUMENT) return "";
    request.set_query(MendedQuery(refused));
    if (request.query().empty()) return "";
    v1::SearchArticlesResponse ignored;
    refused = Ask(request, ignored, connection);
    if (refused.ok()) return request.query();
  }
  return "";
}

void PrintMistake(const grpc::Status& status, const SearchOptions& options,
                  const PreparedSearch& prepared, CommandContext& context) {
  std::ostream& err = context.streams.err;
  const SentQuery& sent = prepared.sent;
  ReportError(status, &sent, context.terminal, err);
  // What mends a query that --caption is part of may mend neither by itself.
  if (!sent.mendable) return;
  const std::string query = AcceptedQuery(status, prepared.request, context.connection);
  if (query.empty()) return;
  err << "  try: " << Sanitized(SearchLine(options, query, context.Command("search"))) << '\n';
}

// Those of `arguments` that are words or were taken for options that there are not, in order. A
// value of an option may stand for a word of the same letters: the query is the same.
std::string QueryAsTyped(const std::vector<std::string>& arguments,
                         const std::vector<std::string>& words,
                         const std::vector<std::string>& unexpected) {
  std::vector<std::string> query;
  auto word = words.begin();
  auto other = unexpected.begin();
  for (const std::string& argument : arguments) {
    if (other != unexpected.end() && argument == *other) {
      query.push_back(*other++);
    } else if (word != words.end() && argument == *word) {
      query.push_back(*word++);
    }
  }
  return absl::StrJoin(query, " ");
}

bool LooksNegated(const std::string& argument) {
  return argument.size() > 2 && argument[0] == '-' && argument[1] != '-';
}

void AddPageOptions(CLI::App& search, SearchOptions& options) {
  AddOption(search, "--limit", options.limit, "Hits on a page")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  AddOption(search, "--page", options.page, "Which page")
      ->check(CLI::Range(1, 10000))
      ->capture_default_str();
  search.add_flag("--all", options.all,
                  "Every hit instead of a page, newest first, as it arrives (see export)");
  AddOption(
      search, "--output", options.output,
      "text, json (one response), jsonl (a hit a line), ids, csv (for spreadsheets: RFC 4180, "
      "with an apostrophe before what they would run as a formula), tsv (to the letter)")
      ->check(CLI::IsMember({"text", "json", "jsonl", "ids", "csv", "tsv"}))
      ->capture_default_str();
  AddOption(search, "--fields", options.fields, "Columns of csv and tsv, of " + ColumnNames());
}

void AddRankingOptions(CLI::App& search, SearchOptions& options) {
  AddOption(search, "--sort", options.sort, "relevance, newest or oldest")
      ->check(CLI::IsMember({"relevance", "newest", "oldest"}));
  AddOption(search, "--profile", options.profile,
            "How to rank: default, recent (newer ones count more), exact (words as "
            "typed), plain (cheapest)");
  AddOption(search, "--half-life", options.half_life_days,
            "With --profile recent: days until being new counts half")
      ->check(CLI::Range(0.001, 100000.0));
  AddOption(search, "--recency-cap", options.recency_cap,
            "With --profile recent: the most that being new gives; 1 = as much as one "
            "mention of each word")
      ->check(CLI::Range(0.0, 1000.0));
}

void AddCountingOptions(CLI::App& search, SearchOptions& options) {
  AddOption(search, "--facet", options.facets,
            "Also count the hits by the values of these fields: tag,byline (see facets)");
  AddOption(search, "--timeline", options.timeline,
            "Also draw when the hits were published, by hour, day, week, month, quarter or year");
  search.add_flag("--count", options.count, "Print how many articles match, and nothing else");
  AddOption(search, "--queries", options.queries,
            "Print how many articles match each line of this file, `-` for standard input");
  search.add_flag("--exact-total", options.exact_total,
                  "Count every hit, however many, where it says \"at least\" otherwise; slower");
}

}  // namespace

CLI::App* DeclareSearch(CLI::App& app, SearchOptions& options) {
  CLI::App* search = app.add_subcommand("search", "Find articles");
  search->footer(Footer());
  AddQueryOptions(*search, options);
  AddPageOptions(*search, options);
  AddRankingOptions(*search, options);
  AddCountingOptions(*search, options);
  search->add_flag("--explain", options.explain,
                   "Show how the query was understood, what its words stand for and what scores");
  search->add_flag("--collapse-copies", options.collapse_copies,
                   "Show one hit for each story, and where else it was printed");
  return search;
}

int RunSearch(const SearchOptions& options, CommandContext& context) {
  if (!options.queries.empty()) return RunQueries(options, context);
  if (options.all) return RunSearchAll(options, context);
  const std::string query = QueryText(options, context.streams.in);
  const auto prepared = PrepareSearch(options, query);
  if (!prepared.ok()) {
    context.streams.err << "broadsheet: " << std::string(prepared.status().message()) << '\n';
    return kExitError;
  }
  auto counting = CountingBeside(options, prepared->request);
  if (!counting.ok()) {
    context.streams.err << "broadsheet: " << std::string(counting.status().message()) << '\n';
    return kExitError;
  }
  if (PrintedInstead("SearchService/SearchArticles", prepared->request, context)) {
    if (*counting) PrintedInstead("SearchService/AggregateArticles", **counting, context);
    return kExitFound;
  }
  if (!ConnectOrExplain(context.connection, context.streams.err)) return kExitError;
  SearchAnswer answer;
  answer.sent = prepared->sent.text;
  const auto start = std::chrono::steady_clock::now();
  grpc::Status status = Ask(prepared->request, answer.response, context.connection);
  if (status.ok() && *counting) status = AskCounts(**counting, answer.counts, context.connection);
  if (!status.ok()) {
    PrintMistake(status, options, *prepared, context);
    return kExitError;
  }
  if (options.output == "text")
    FetchTexts(ArticlesOf(*answer.response.mutable_hits()), context.connection);
  answer.elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::steady_clock::now() - start);
  PrintAnswer(options, query, answer, context);
  return answer.response.hits().empty() ? kExitNothingFound : kExitFound;
}

std::string NegatedWordAdvice(std::string_view command, const SearchOptions& options,
                              const std::vector<std::string>& arguments,
                              const std::vector<std::string>& unexpected) {
  if (!std::all_of(unexpected.begin(), unexpected.end(), LooksNegated)) return "";
  return "to leave a word out, write: " +
         WholeSearchLine(options, QueryAsTyped(arguments, options.words, unexpected), command);
}

}  // namespace broadsheet::client
