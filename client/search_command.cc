// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/search_command.h"

#include <grpcpp/grpcpp.h>

#include <CLI/CLI.hpp>
#include <cctype>
#include <chrono>
#include <istream>
#include <iterator>
#include <ostream>

#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "client/error_report.h"
#include "client/explanation.h"
#include "client/hit_list.h"
#include "client/json_output.h"
#include "client/last_search.h"
#include "client/option.h"
#include "client/search_line.h"
#include "client/search_request.h"

namespace broadsheet::client {
namespace {

constexpr const char* kFooter = R"(Query language:
  kim putin                 both words         "signing ceremony"     a phrase
  kim OR putin              either             kim -putin             without
  headline:summit           in one field: headline summary body byline caption credit
  tag:"kim jong un"         a whole value:     tag section source language id
  date:2024-06              that month         since:7d after:2024 before:2024-06-19
  govern* =exact word~ "a b"~5 a NEAR/5 b      (see docs/query_language.md)

An option takes one value and stands anywhere; --tag, --byline, --caption, --section, --source and
--language may be given again. Behind -- everything is a word.
The shell eats quotes, so give phrases in single quotes, or use the options:
  broadsheet search '"signing ceremony"' --tag "Kim Jong Un" --since 2024
  broadsheet search --caption "signing ceremony" --sort newest
  broadsheet search -- 'putin -kim'
  broadsheet search kim jong un --output ids | head -1

Exit status: 0 hits, 1 no hits, 2 error.)";

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

// What else could be asked, as a command to copy.
void PrintSuggestion(const SearchOptions& options, const v1::SearchArticlesResponse& response,
                     const Terminal& terminal, std::ostream& out) {
  if (response.suggested_query().empty()) return;
  const std::string line = SearchLine(options, response.suggested_query());
  out << "Try: " << terminal.Styled(Style::kBold, line) << '\n';
}

void PrintText(const SearchOptions& options, const v1::SearchArticlesResponse& response,
               std::chrono::milliseconds elapsed, CommandContext& context) {
  const auto first = static_cast<size_t>(options.page - 1) * static_cast<size_t>(options.limit) + 1;
  std::ostream& out = context.streams.out;
  PrintExplanation(response, context.terminal, out);
  if (response.hits().empty()) {
    out << (options.page > 1 ? "No more articles.\n" : "No articles match.\n");
    PrintNotices(response, context.terminal, out);
    PrintSuggestion(options, response, context.terminal, out);
    return;
  }
  PrintHits(response, first, context.terminal, out);
  PrintSuggestion(options, response, context.terminal, out);
  LastSearch last{.first_number = first, .ids = {}};
  for (const v1::Hit& hit : response.hits()) last.ids.push_back(hit.article().id());
  RememberSearch(LastSearchFile(), last);
  std::string foot = absl::StrFormat("%d ms. Read one: broadsheet get %d", elapsed.count(), first);
  if (!response.next_page_token().empty()) {
    foot += absl::StrFormat(". More: --page %d", options.page + 1);
  }
  out << '\n' << context.terminal.Styled(Style::kDim, foot) << '\n';
}

void PrintResponse(const SearchOptions& options, const v1::SearchArticlesResponse& response,
                   std::chrono::milliseconds elapsed, CommandContext& context) {
  std::ostream& out = context.streams.out;
  if (options.output == "json") {
    WriteJson(response, JsonLayout::kIndented, out);
  } else if (options.output == "jsonl") {
    for (const v1::Hit& hit : response.hits()) WriteJson(hit, JsonLayout::kOneLine, out);
  } else if (options.output == "ids") {
    for (const v1::Hit& hit : response.hits()) out << hit.article().id() << '\n';
  } else {
    PrintText(options, response, elapsed, context);
    return;
  }
  // Machine-readable output goes to standard output alone; what a person should know goes here.
  if (options.output == "json") return;
  const Terminal plain(false, 80);
  PrintNotices(response, plain, context.streams.err);
  PrintSuggestion(options, response, plain, context.streams.err);
}

}  // namespace

CLI::App* DeclareSearch(CLI::App& app, SearchOptions& options) {
  CLI::App* search = app.add_subcommand("search", "Find articles");
  search->footer(kFooter);
  AddOption(*search, "WORDS", options.words, "The query; `-` reads it from standard input");
  AddOption(*search, "--tag", options.tags, "Only with this tag (again: with all of them)");
  AddOption(*search, "--byline", options.bylines, "Only by this author (again: by all of them)");
  AddOption(*search, "--caption", options.captions,
            "Only with these words in a caption, as a phrase");
  AddOption(*search, "--section", options.sections, "Only from this section (again: or that)");
  AddOption(*search, "--source", options.sources, "Only from this publication (again: or that)");
  AddOption(*search, "--language", options.languages, "Only in this language, e.g. en (again: or)");
  AddOption(*search, "--since", options.since,
            "Published on or after: 2024, 2024-06, 2024-06-19, yesterday, 7d");
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
            "IANA zone in which dates in the query are read (default UTC)");
  search->add_flag("--explain", options.explain,
                   "Show how the query was understood, what its words stand for and what scores");
  search->add_flag("--exact-total", options.exact_total,
                   "Count every hit, however many, where it says \"at least\" otherwise; slower");
  return search;
}

int RunSearch(const SearchOptions& options, CommandContext& context) {
  const auto prepared = PrepareSearch(options, QueryText(options, context.streams.in), absl::Now());
  if (!prepared.ok()) {
    context.streams.err << "broadsheet: " << std::string(prepared.status().message()) << '\n';
    return kExitError;
  }
  if (!ConnectOrExplain(context.connection, context.streams.err)) return kExitError;
  grpc::ClientContext call;
  context.connection.Prepare(call);
  v1::SearchArticlesResponse response;
  const auto start = std::chrono::steady_clock::now();
  const grpc::Status status =
      context.connection.stub().SearchArticles(&call, prepared->request, &response);
  if (!status.ok()) {
    ReportError(status, &prepared->sent, context.terminal, context.streams.err);
    return kExitError;
  }
  const auto elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::steady_clock::now() - start);
  PrintResponse(options, response, elapsed, context);
  return response.hits().empty() ? kExitNothingFound : kExitFound;
}

std::string NegatedWordAdvice(const std::vector<std::string>& arguments) {
  const auto looks_negated = [](const std::string& argument) {
    return argument.size() > 2 && argument[0] == '-' && argument[1] != '-' && argument != "-h";
  };
  std::vector<std::string> words;
  bool found = false;
  bool after_search = false;
  for (const std::string& argument : arguments) {
    if (argument == "--") return "";
    if (!after_search) {
      after_search = argument == "search";
      continue;
    }
    found = found || looks_negated(argument);
    if (argument.starts_with("--")) break;
    words.push_back(argument);
  }
  if (!found) return "";
  return absl::StrFormat("to leave a word out, write: broadsheet search -- '%s'",
                         absl::StrJoin(words, " "));
}

}  // namespace broadsheet::client
