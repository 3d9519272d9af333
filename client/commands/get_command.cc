// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/commands/get_command.h"

#include <grpcpp/grpcpp.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <ostream>

#include "client/request/hit_ids.h"
#include "client/request/search_request.h"
#include "client/session/last_search.h"
#include "client/session/option.h"
#include "client/session/request_print.h"
#include "client/view/article_page.h"
#include "client/view/error_report.h"
#include "client/view/json_output.h"

namespace broadsheet::client {
namespace {

// More than any article that is read on a terminal needs; the server takes no more of either.
constexpr int kMostFragments = 20;
constexpr int kFragmentChars = 1000;

// Parts of the article that show what the last search looked for, when it showed this article; none
// when it cannot be asked: the article is what counts.
Fragments FragmentsOfLastSearch(const v1::Article& article, CommandContext& context) {
  const LastSearch last = RecallSearch(LastSearchFile()).value_or(LastSearch());
  const bool shown = std::count(last.ids.begin(), last.ids.end(), article.id()) > 0;
  if (!shown || last.query.empty() || !context.terminal.color()) return {};
  v1::SearchArticlesRequest request;
  request.set_query("(" + last.query + ") " + QuotedClause("id", article.id()));
  request.set_page_size(1);
  request.mutable_read_mask()->add_paths("id");
  request.mutable_highlight()->set_max_fragments(kMostFragments);
  request.mutable_highlight()->set_fragment_chars(kFragmentChars);
  v1::SearchArticlesResponse response;
  grpc::ClientContext call;
  context.connection.Prepare(call);
  const grpc::Status status = context.connection.stub().SearchArticles(&call, request, &response);
  const bool found = status.ok() && response.hits_size() == 1;
  return found ? response.hits(0).fragments() : Fragments();
}

// One article; the exit status.
int GetOne(const std::string& id, const GetOptions& options, CommandContext& context) {
  v1::GetArticleRequest request;
  request.set_id(id);
  if (PrintedInstead("SearchService/GetArticle", request, context)) return kExitFound;
  v1::Article article;
  grpc::ClientContext call;
  context.connection.Prepare(call);
  const grpc::Status status = context.connection.stub().GetArticle(&call, request, &article);
  if (!status.ok()) {
    ReportError(status, nullptr, context.terminal, context.streams.err);
    return status.error_code() == grpc::StatusCode::NOT_FOUND ? kExitNothingFound : kExitError;
  }
  if (options.output == "json") {
    WriteJson(article, JsonLayout::kIndented, context.streams.out);
  } else {
    PrintArticle(article, FragmentsOfLastSearch(article, context), context.terminal,
                 context.streams.out);
  }
  return kExitFound;
}

// Between two articles.
void PrintRule(const Terminal& terminal, std::ostream& out) {
  std::string rule;
  for (size_t i = 0; i < terminal.width(); ++i) rule += "─";
  out << '\n' << terminal.Styled(Style::kDim, rule) << "\n\n";
}

}  // namespace

CLI::App* DeclareGet(CLI::App& app, GetOptions& options) {
  CLI::App* get = app.add_subcommand("get", "Read articles");
  AddOption(*get, "IDS", options.ids, "Articles: ids, or numbers of hits of the last search");
  get->add_flag("--id", options.literal, "Take IDS as ids even if they are numbers");
  AddOption(*get, "--output", options.output, "text, or json (an object an article)")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  return get;
}

int RunGet(const GetOptions& options, CommandContext& context) {
  // An unset shell variable leaves an empty word.
  const bool nameless = std::count(options.ids.begin(), options.ids.end(), "") > 0;
  if (options.ids.empty() || nameless) {
    context.streams.err << "broadsheet: which article? Give an id or the number of a hit; see: "
                           "broadsheet get --help\n";
    return kExitError;
  }
  const auto ids = IdsOfHits(options.ids, options.literal, context.streams.err);
  if (!ids) return kExitError;
  if (!context.print_request && !ConnectOrExplain(context.connection, context.streams.err)) {
    return kExitError;
  }
  int worst = kExitFound;
  for (size_t i = 0; i < ids->size(); ++i) {
    if (i > 0 && options.output == "text" && !context.print_request) {
      PrintRule(context.terminal, context.streams.out);
    }
    worst = std::max(worst, GetOne((*ids)[i], options, context));
    if (worst == kExitError) break;
  }
  return worst;
}

}  // namespace broadsheet::client
