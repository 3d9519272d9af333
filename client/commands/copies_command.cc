// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/commands/copies_command.h"

#include <grpcpp/grpcpp.h>

#include <CLI/CLI.hpp>
#include <cmath>
#include <ostream>
#include <string_view>

#include "absl/strings/str_format.h"
#include "client/commands/search_answer.h"
#include "client/request/hit_ids.h"
#include "client/session/last_search.h"
#include "client/session/option.h"
#include "client/session/request_print.h"
#include "client/view/error_report.h"
#include "client/view/hit_list.h"
#include "client/view/json_output.h"
#include "client/view/terminal.h"

namespace broadsheet::client {
namespace {

constexpr std::string_view kCopiesFooter =
    R"(A copy tells the story in the same words, as papers print an agency's: cut, under another
headline, with corrected figures. The first published comes first.
  broadsheet copies 1
  broadsheet search ferry --collapse-copies    shows one hit for each story

Exit status: 0 copies, 1 none, 2 error.)";

// The server gives as many on one page at most.
constexpr int kCopiesAtOnce = 1000;

int Percent(double share) { return static_cast<int>(std::lround(100 * share)); }

// "     83 % of the words of both, 97 % of those of the shorter one; published first"
std::string LikenessLine(const v1::ArticleCopy& copy) {
  return absl::StrFormat("     %d %% of both texts are the same, %d %% of the shorter one%s",
                         Percent(copy.similarity()), Percent(copy.containment()),
                         copy.leader() ? "; published first" : "");
}

void PrintCopiesText(const v1::ListArticleCopiesResponse& response, CommandContext& context) {
  std::ostream& out = context.streams.out;
  if (response.copies().empty()) {
    out << "No other article tells this story in the same words.\n";
    return;
  }
  out << context.terminal.Styled(
             Style::kBold,
             absl::StrFormat("The same story in %d other article%s", response.copies_size(),
                             response.copies_size() == 1 ? "" : "s"))
      << '\n';
  LastSearch last;
  for (const v1::ArticleCopy& copy : response.copies()) {
    out << '\n';
    last.ids.push_back(copy.article().id());
    v1::Hit hit;
    *hit.mutable_article() = copy.article();
    PrintHit(hit, last.ids.size(), nullptr, context.terminal, out);
    out << context.terminal.Styled(Style::kDim, LikenessLine(copy)) << '\n';
  }
  const bool remembered = RememberSearch(LastSearchFile(), last);
  out << '\n'
      << context.terminal.Styled(Style::kDim,
                                 "Read one: " + GetLine(1, last.ids.front(), remembered, context))
      << '\n';
}

// All pages in one response.
grpc::Status ListCopies(v1::ListArticleCopiesRequest request, CommandContext& context,
                        v1::ListArticleCopiesResponse* all) {
  do {
    v1::ListArticleCopiesResponse page;
    grpc::ClientContext call;
    context.connection.Prepare(call);
    const grpc::Status status = context.connection.stub().ListArticleCopies(&call, request, &page);
    if (!status.ok()) return status;
    all->mutable_copies()->MergeFrom(page.copies());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return grpc::Status::OK;
}

}  // namespace

CLI::App* DeclareCopies(CLI::App& app, CopiesOptions& options) {
  CLI::App* command = app.add_subcommand("copies", "List where else a story was printed");
  command->footer(std::string(kCopiesFooter));
  AddOption(*command, "ID", options.article, "An article: its id, or the number of a hit")
      ->required();
  command->add_flag("--id", options.literal, "Take ID as an id even if it is a number");
  AddOption(*command, "--output", options.output, "text, json or ids")
      ->check(CLI::IsMember({"text", "json", "ids"}))
      ->capture_default_str();
  return command;
}

int RunCopies(const CopiesOptions& options, CommandContext& context) {
  const auto ids = IdsOfHits({options.article}, options.literal, context.streams.err);
  if (!ids) return kExitError;
  v1::ListArticleCopiesRequest request;
  request.set_id(ids->front());
  request.set_page_size(kCopiesAtOnce);
  if (PrintedInstead("SearchService/ListArticleCopies", request, context)) return kExitFound;
  if (!ConnectOrExplain(context.connection, context.streams.err)) return kExitError;
  v1::ListArticleCopiesResponse response;
  const grpc::Status status = ListCopies(request, context, &response);
  if (!status.ok()) {
    ReportError(status, nullptr, context.terminal, context.streams.err);
    return status.error_code() == grpc::StatusCode::NOT_FOUND ? kExitNothingFound : kExitError;
  }
  if (options.output == "text") {
    FetchTexts(ArticlesOf(*response.mutable_copies()), context.connection);
    PrintCopiesText(response, context);
  } else if (options.output == "json") {
    WriteJson(response, JsonLayout::kIndented, context.streams.out);
  } else {
    for (const v1::ArticleCopy& copy : response.copies()) {
      context.streams.out << Sanitized(copy.article().id()) << '\n';
    }
  }
  return response.copies().empty() ? kExitNothingFound : kExitFound;
}

}  // namespace broadsheet::client
