// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/commands/similar_command.h"

#include <grpcpp/grpcpp.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <ostream>
#include <string_view>

#include "absl/strings/str_join.h"
#include "client/commands/search_answer.h"
#include "client/request/hit_ids.h"
#include "client/request/search_request.h"
#include "client/request/search_value_options.h"
#include "client/session/last_search.h"
#include "client/session/option.h"
#include "client/session/request_print.h"
#include "client/view/article_table.h"
#include "client/view/error_report.h"
#include "client/view/hit_list.h"
#include "client/view/json_output.h"
#include "client/view/text_layout.h"

namespace broadsheet::client {
namespace {

constexpr std::string_view kSimilarFooter =
    R"(Stories of the same event come first, whatever words they use.
  broadsheet similar 1
  broadsheet similar 1 3 --since 2025
  broadsheet similar --text draft.txt --source "The Harbour Times"

Exit status: 0 articles, 1 none, 2 error.)";

// What a file or standard input has; nullopt with a message when it cannot be read or sent.
std::optional<std::string> ReadText(const std::string& file, const Streams& streams) {
  std::string text;
  std::error_code ignored;
  std::ifstream in(file, std::ios::binary);
  const bool standard = file == "-";
  if (!standard && (!in || std::filesystem::is_directory(file, ignored))) {
    streams.err << "broadsheet: cannot read " << Sanitized(file) << '\n';
    return std::nullopt;
  }
  std::istream& from = standard ? streams.in : in;
  text.assign(std::istreambuf_iterator<char>(from), {});
  const std::optional<size_t> byte = InvalidByte(text);
  if (!byte) return text;
  streams.err << "broadsheet: the text is not valid UTF-8 at byte " << *byte
              << "; convert it with iconv\n";
  return std::nullopt;
}

void PrintSimilarText(const v1::FindSimilarArticlesResponse& response, CommandContext& context) {
  std::ostream& out = context.streams.out;
  if (response.hits().empty()) {
    out << "No article is like it.\n";
    return;
  }
  Paragraph words(context.terminal, 0);
  words.Add(Style::kBold, "Alike by: " + absl::StrJoin(response.words(), ", "));
  out << words.Take();
  LastSearch last;
  for (const v1::Hit& hit : response.hits()) {
    out << '\n';
    last.ids.push_back(hit.article().id());
    PrintHit(hit, last.ids.size(), nullptr, context.terminal, out);
  }
  const bool remembered = RememberSearch(LastSearchFile(), last);
  out << '\n'
      << context.terminal.Styled(Style::kDim,
                                 "Read one: " + GetLine(1, last.ids.front(), remembered, context))
      << '\n';
}

void PrintSimilar(const SearchOptions& options, const v1::FindSimilarArticlesResponse& response,
                  CommandContext& context) {
  if (options.output == "text") {
    PrintSimilarText(response, context);
  } else if (options.output == "json") {
    WriteJson(response, JsonLayout::kIndented, context.streams.out);
  } else {
    SearchAnswer answer;
    *answer.response.mutable_hits() = response.hits();
    PrintAnswer(options, "", answer, context);
  }
}

// nullopt, with a message, when nothing can be asked.
std::optional<v1::FindSimilarArticlesRequest> SimilarRequest(const SimilarOptions& options,
                                                             CommandContext& context) {
  std::ostream& err = context.streams.err;
  if (options.ids.empty() == options.text.empty()) {
    err << "broadsheet: give articles or --text FILE, one of both; see: broadsheet similar "
           "--help\n";
    return std::nullopt;
  }
  const auto prepared = PrepareSearch(options.search, "");
  if (!prepared.ok()) {
    err << "broadsheet: " << std::string(prepared.status().message()) << '\n';
    return std::nullopt;
  }
  v1::FindSimilarArticlesRequest request;
  if (options.text.empty()) {
    const auto ids = IdsOfHits(options.ids, options.literal, err);
    if (!ids) return std::nullopt;
    request.mutable_ids()->Add(ids->begin(), ids->end());
  } else {
    const auto text = ReadText(options.text, context.streams);
    if (!text) return std::nullopt;
    request.set_text(*text);
  }
  if (prepared->request.has_filter()) *request.mutable_filter() = prepared->request.filter();
  if (prepared->request.has_read_mask()) {
    *request.mutable_read_mask() = prepared->request.read_mask();
  }
  request.set_page_size(options.search.limit);
  return request;
}

}  // namespace

CLI::App* DeclareSimilar(CLI::App& app, SimilarOptions& options) {
  CLI::App* command = app.add_subcommand("similar", "Find the articles most like given ones");
  command->footer(std::string(kSimilarFooter));
  options.search.may_be_empty = true;
  // There is no query that could have the words of a name.
  options.search.whole_values = true;
  AddOption(*command, "IDS", options.ids, "Articles: ids, or numbers of hits of the last search");
  command->add_flag("--id", options.literal, "Take IDS as ids even if they are numbers");
  AddOption(*command, "--text", options.text,
            "A file with a text to compare with instead; `-` is standard input");
  for (const ValueOption& option : ValueOptions()) {
    if (option.filter == nullptr) continue;
    AddOption(*command, std::string(option.name), options.search.*option.values, option.help);
  }
  AddOption(*command, "--limit", options.search.limit, "How many")
      ->check(CLI::Range(1, 100))
      ->capture_default_str();
  AddOption(*command, "--output", options.search.output, "text, json, jsonl, ids, csv or tsv")
      ->check(CLI::IsMember({"text", "json", "jsonl", "ids", "csv", "tsv"}))
      ->capture_default_str();
  AddOption(*command, "--fields", options.search.fields, "Columns of csv and tsv, as of search");
  return command;
}

int RunSimilar(const SimilarOptions& options, CommandContext& context) {
  const auto request = SimilarRequest(options, context);
  if (!request) return kExitError;
  if (PrintedInstead("SearchService/FindSimilarArticles", *request, context)) return kExitFound;
  if (!ConnectOrExplain(context.connection, context.streams.err)) return kExitError;
  v1::FindSimilarArticlesResponse response;
  grpc::ClientContext call;
  context.connection.Prepare(call);
  const grpc::Status status =
      context.connection.stub().FindSimilarArticles(&call, *request, &response);
  if (!status.ok()) {
    ReportError(status, nullptr, context.terminal, context.streams.err);
    return status.error_code() == grpc::StatusCode::NOT_FOUND ? kExitNothingFound : kExitError;
  }
  if (options.search.output == "text") {
    FetchTexts(ArticlesOf(*response.mutable_hits()), context.connection);
  }
  PrintSimilar(options.search, response, context);
  return response.hits().empty() ? kExitNothingFound : kExitFound;
}

}  // namespace broadsheet::client
