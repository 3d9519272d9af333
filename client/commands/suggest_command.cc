// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/commands/suggest_command.h"

#include <grpcpp/grpcpp.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <ostream>
#include <string_view>

#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "client/session/option.h"
#include "client/session/request_print.h"
#include "client/view/error_report.h"
#include "client/view/hit_list.h"
#include "client/view/json_output.h"

namespace broadsheet::client {
namespace {

constexpr std::string_view kSuggestFooter = R"(Shows the query with each completion put in.
  broadsheet suggest 'ferr'
  broadsheet suggest 'bridge tag:ilv'
  broadsheet suggest --kind tag --kind byline kerr

Exit status: 0 completions, 1 none, 2 error.)";

void PrintCompletions(const v1::SuggestCompletionsResponse& response, CommandContext& context) {
  size_t widest = 0;
  for (const v1::Completion& completion : response.completions()) {
    widest = std::max(widest, completion.kind().size());
  }
  for (const v1::Completion& completion : response.completions()) {
    const int padding = static_cast<int>(widest - completion.kind().size());
    context.streams.out << context.terminal.Styled(Style::kDim, completion.kind())
                        << std::string(static_cast<size_t>(padding), ' ') << "  "
                        << Sanitized(completion.query());
    if (completion.count() > 0) {
      context.streams.out << context.terminal.Styled(
          Style::kDim, absl::StrFormat("  %s", WithThousands(completion.count())));
    }
    context.streams.out << '\n';
  }
}

}  // namespace

CLI::App* DeclareSuggest(CLI::App& app, SuggestOptions& options) {
  CLI::App* command =
      app.add_subcommand("suggest", "Complete a query that is being typed, as the index has it");
  command->footer(std::string(kSuggestFooter));
  AddOption(*command, "TEXT", options.words, "What is typed so far");
  AddOption(*command, "--kind", options.kinds,
            "Only of this kind, as the first column names them (again: or that)");
  AddOption(*command, "--limit", options.limit, "How many")
      ->check(CLI::Range(1, 100))
      ->capture_default_str();
  AddOption(*command, "--output", options.output, "text, json, or lines (the queries alone)")
      ->check(CLI::IsMember({"text", "json", "lines"}))
      ->capture_default_str();
  return command;
}

int RunSuggest(const SuggestOptions& options, CommandContext& context) {
  v1::SuggestCompletionsRequest request;
  request.set_text(absl::StrJoin(options.words, " "));
  if (InvalidByte(request.text())) {
    context.streams.err << "broadsheet: the text is not valid UTF-8; type it again\n";
    return kExitError;
  }
  request.set_limit(options.limit);
  request.mutable_kinds()->Add(options.kinds.begin(), options.kinds.end());
  if (PrintedInstead("SearchService/SuggestCompletions", request, context)) return kExitFound;
  if (!ConnectOrExplain(context.connection, context.streams.err)) return kExitError;
  v1::SuggestCompletionsResponse response;
  grpc::ClientContext call;
  context.connection.Prepare(call);
  const grpc::Status status =
      context.connection.stub().SuggestCompletions(&call, request, &response);
  if (!status.ok()) {
    ReportError(status, nullptr, context.terminal, context.streams.err);
    return kExitError;
  }
  if (options.output == "json") {
    WriteJson(response, JsonLayout::kIndented, context.streams.out);
  } else if (options.output == "lines") {
    for (const v1::Completion& completion : response.completions()) {
      context.streams.out << Sanitized(completion.query()) << '\n';
    }
  } else {
    PrintCompletions(response, context);
  }
  return response.completions().empty() ? kExitNothingFound : kExitFound;
}

}  // namespace broadsheet::client
