// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/commands/search_command.h"

#include <grpcpp/grpcpp.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cctype>
#include <chrono>
#include <cstdint>
#include <istream>
#include <iterator>
#include <ostream>

#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/time/time.h"
#include "client/commands/search_line.h"
#include "client/commands/search_request.h"
#include "client/commands/search_value_options.h"
#include "client/session/last_search.h"
#include "client/session/option.h"
#include "client/view/error_report.h"
#include "client/view/explanation.h"
#include "client/view/hit_list.h"
#include "client/view/json_output.h"
#include "engine/base/shell_word.h"
#include "field_names.h"

namespace broadsheet::client {
namespace {

// $WORD_FIELDS and the like stand for what Footer() puts there.
constexpr const char* kFooter = R"(Query language:
  kim putin                 both words         "signing ceremony"     a phrase
  kim OR putin              either             kim -putin             without
  headline:summit           in one field: $WORD_FIELDS
  tag:"kim jong un"         a whole value:     $VALUE_FIELDS
  date:2024-06              that month         since:7d after:2024 before:2024-06-19
  govern* =exact word~ "a b"~5 a NEAR/5 b      (see docs/query_language.md)

An option takes one value and stands anywhere. Behind -- everything is a word. May be given again:
  $VALUE_OPTIONS
The shell eats quotes, so give phrases in single quotes, or use the options:
  broadsheet search '"signing ceremony"' --tag "Kim Jong Un" --since 2024
  broadsheet search --caption "signing ceremony" --sort newest
  broadsheet search -- 'putin -kim'
  broadsheet search kim jong un --output ids | head -1

Exit status: 0 hits, 1 no hits, 2 error.)";

// How many hits a page may have before it; the server refuses more (SearchArticlesRequest.skip).
constexpr int64_t kDeepestPage = 10000;

std::string Footer() {
  const std::string options =
      absl::StrJoin(ValueOptions(), " ",
                    [](std::string* out, const ValueOption& option) { out->append(option.name); });
  return absl::StrReplaceAll(kFooter, {{"$WORD_FIELDS", kWordFields},
                                       {"$VALUE_FIELDS", kValueFields},
                                       {"$VALUE_OPTIONS", options}});
}

std::string QueryText(const SearchOptions& options, std::istream& in) {
  if (options.words == std::vector<std::string>{"-"}) {
    std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())) != 0) {
      text.pop_back();
    }
    return text;
  }
  return absl::StrJoin(options.words, " ");
}

// The number of the first hit of the page.
size_t FirstNumber(const SearchOptions& options) {
  return static_cast<size_t>(options.page - 1) * static_cast<size_t>(options.limit) + 1;
}

// What else could be asked.
void PrintSuggestion(const SearchOptions& options, const v1::SearchArticlesResponse& response,
                     const CommandContext& context, const Terminal& terminal, std::ostream& out) {
  if (response.suggested_query().empty()) return;
  const std::string line =
      SearchLine(options, response.suggested_query(), context.Command("search"));
  out << "Try: " << terminal.Styled(Style::kBold, line) << '\n';
}

// By its number where `get` knows that of this search, else by its id.
std::string GetLine(size_t number, const std::string& id, bool remembered,
                    const CommandContext& context) {
  const std::string get = context.Command("get");
  const std::string text = std::to_string(number);
  if (remembered && IsHitNumber(text)) return get + " " + text;
  return get + (IsHitNumber(id) ? " --id" : "") + base::ShellArgument(id);
}

// The next page, "" when there is none that can be asked for by its number.
std::string NextPageText(const SearchOptions& options, const std::string& query,
                         const v1::SearchArticlesResponse& response,
                         const CommandContext& context) {
  const int64_t skipped = static_cast<int64_t>(options.page) * options.limit;
  if (response.next_page_token().empty() || skipped >= kDeepestPage) return "";
  SearchOptions next = options;
  ++next.page;
  if (options.takes_page) return absl::StrFormat("--page %d", next.page);
  return WholeSearchLine(next, query, context.Command("search"));
}

void PrintFoot(const SearchOptions& options, const std::string& query,
               const v1::SearchArticlesResponse& response, std::chrono::milliseconds elapsed,
               CommandContext& context) {
  LastSearch last{.first_number = FirstNumber(options), .ids = {}};
  for (const v1::Hit& hit : response.hits()) last.ids.push_back(hit.article().id());
  const bool remembered = RememberSearch(LastSearchFile(), last);
  std::string foot =
      absl::StrFormat("%d ms. Read one: ", elapsed.count()) +
      GetLine(last.first_number, response.hits(0).article().id(), remembered, context);
  const std::string next = NextPageText(options, query, response, context);
  if (!next.empty()) foot += ". More: " + next;
  context.streams.out << '\n' << context.terminal.Styled(Style::kDim, foot) << '\n';
}

void PrintText(const SearchOptions& options, const std::string& query,
               const v1::SearchArticlesResponse& response, std::chrono::milliseconds elapsed,
               CommandContext& context) {
  std::ostream& out = context.streams.out;
  PrintExplanation(response, context.terminal, out);
  if (response.hits().empty()) {
    out << (options.page > 1 ? "No more articles.\n" : "No articles match.\n");
    PrintNotices(response, context.terminal, out);
    PrintSuggestion(options, response, context, context.terminal, out);
    return;
  }
  absl::TimeZone zone;
  const bool zoned = !options.time_zone.empty() && absl::LoadTimeZone(options.time_zone, &zone);
  PrintHits(response, FirstNumber(options), context.terminal, out, zoned ? &zone : nullptr);
  PrintSuggestion(options, response, context, context.terminal, out);
  PrintFoot(options, query, response, elapsed, context);
}

// What is for programs goes to standard output alone, what a person should know elsewhere.
void PrintResponse(const SearchOptions& options, const v1::SearchArticlesResponse& response,
                   CommandContext& context) {
  std::ostream& out = context.streams.out;
  if (options.output == "json") {
    WriteJson(response, JsonLayout::kIndented, out);
    return;
  }
  for (const v1::Hit& hit : response.hits()) {
    if (options.output == "jsonl") {
      WriteJson(hit, JsonLayout::kOneLine, out);
    } else {
      out << hit.article().id() << '\n';
    }
  }
  const Terminal plain(false, 80);
  PrintNotices(response, plain, context.streams.err);
  PrintSuggestion(options, response, context, plain, context.streams.err);
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

}  // namespace

CLI::App* DeclareSearch(CLI::App& app, SearchOptions& options) {
  CLI::App* search = app.add_subcommand("search", "Find articles");
  search->footer(Footer());
  AddOption(*search, "WORDS", options.words, "The query; `-` reads it from standard input");
  for (const ValueOption& option : ValueOptions()) {
    AddOption(*search, std::string(option.name), options.*option.values, option.help);
  }
  AddOption(*search, "--since", options.since,
            "Published on or after: 2024, 2024-06, 2024-06-19, yesterday, monday, lastweek, 7d");
  AddOption(*search, "--until", options.until, "Published on or before, written the same way");
  AddOption(*search, "--limit", options.limit, "Hits on a page")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  AddOption(*search, "--page", options.page, "Which page")
      ->check(CLI::Range(1, 10000))
      ->capture_default_str();
  AddOption(*search, "--sort", options.sort, "relevance, newest or oldest")
      ->check(CLI::IsMember({"relevance", "newest", "oldest"}));
  AddOption(*search, "--match", options.match, "Must all words match, or any")
      ->check(CLI::IsMember({"all", "any"}))
      ->capture_default_str();
  AddOption(*search, "--output", options.output,
            "text, json (one response), jsonl (a hit a line), ids")
      ->check(CLI::IsMember({"text", "json", "jsonl", "ids"}))
      ->capture_default_str();
  AddOption(*search, "--profile", options.profile,
            "How to rank: default, recent (newer ones count more), exact (words as "
            "typed), plain (cheapest)");
  AddOption(*search, "--half-life", options.half_life_days,
            "With --profile recent: days until being new counts half")
      ->check(CLI::Range(0.001, 100000.0));
  AddOption(*search, "--recency-cap", options.recency_cap,
            "With --profile recent: the most that being new gives; 1 = as much as one "
            "mention of each word")
      ->check(CLI::Range(0.0, 1000.0));
  AddOption(*search, "--time-zone", options.time_zone,
            "IANA zone in which dates are read and times shown (default UTC; times as stated)");
  search->add_flag("--explain", options.explain,
                   "Show how the query was understood, what its words stand for and what scores");
  search->add_flag("--collapse-copies", options.collapse_copies,
                   "Show one hit for each story, and where else it was printed");
  search->add_flag("--exact-total", options.exact_total,
                   "Count every hit, however many, where it says \"at least\" otherwise; slower");
  return search;
}

int RunSearch(const SearchOptions& options, CommandContext& context) {
  const std::string query = QueryText(options, context.streams.in);
  const auto prepared = PrepareSearch(options, query);
  if (!prepared.ok()) {
    context.streams.err << "broadsheet: " << std::string(prepared.status().message()) << '\n';
    return kExitError;
  }
  if (!ConnectOrExplain(context.connection, context.streams.err)) return kExitError;
  v1::SearchArticlesResponse response;
  const auto start = std::chrono::steady_clock::now();
  const grpc::Status status = Ask(prepared->request, response, context.connection);
  if (!status.ok()) {
    PrintMistake(status, options, *prepared, context);
    return kExitError;
  }
  const auto elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::steady_clock::now() - start);
  if (options.output == "text") {
    PrintText(options, query, response, elapsed, context);
  } else {
    PrintResponse(options, response, context);
  }
  return response.hits().empty() ? kExitNothingFound : kExitFound;
}

std::string NegatedWordAdvice(std::string_view command, const SearchOptions& options,
                              const std::vector<std::string>& arguments,
                              const std::vector<std::string>& unexpected) {
  if (!std::all_of(unexpected.begin(), unexpected.end(), LooksNegated)) return "";
  return "to leave a word out, write: " +
         WholeSearchLine(options, QueryAsTyped(arguments, options.words, unexpected), command);
}

}  // namespace broadsheet::client
