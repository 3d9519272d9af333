// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/commands/get_command.h"

#include <grpcpp/grpcpp.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <ostream>
#include <string_view>

#include "client/commands/hit_ids.h"
#include "client/session/option.h"
#include "client/session/request_print.h"
#include "client/view/article_text.h"
#include "client/view/error_report.h"
#include "client/view/json_output.h"
#include "client/view/text_layout.h"

namespace broadsheet::client {
namespace {

void PrintParagraph(Style style, std::string_view text, const Terminal& terminal,
                    std::ostream& out) {
  Paragraph paragraph(terminal, 0);
  paragraph.Add(style, text);
  out << paragraph.Take();
}

void PrintBody(std::string_view body, const Terminal& terminal, std::ostream& out) {
  while (!body.empty()) {
    const size_t end = body.find("\n\n");
    const std::string_view paragraph = body.substr(0, end);
    if (paragraph.find_first_not_of(" \n") != std::string_view::npos) {
      out << '\n';
      PrintParagraph(Style::kPlain, paragraph, terminal, out);
    }
    body = end == std::string_view::npos ? std::string_view() : body.substr(end + 2);
  }
}

void PrintCaptions(const v1::Article& article, const Terminal& terminal, std::ostream& out) {
  for (const v1::Caption& caption : article.captions()) {
    Paragraph paragraph(terminal, 4);
    paragraph.Add(Style::kDim, "[Picture] " + caption.text());
    if (!caption.credit().empty()) paragraph.Add(Style::kDim, " (" + caption.credit() + ")");
    out << '\n' << paragraph.Take();
  }
}

void PrintFoot(const v1::Article& article, const Terminal& terminal, std::ostream& out) {
  out << '\n';
  std::string tags;
  for (const std::string& tag : article.tags()) tags += (tags.empty() ? "Tags: " : " · ") + tag;
  for (const std::string& line :
       {tags, article.url(), article.copyright(), "id: " + article.id()}) {
    if (!line.empty()) PrintParagraph(Style::kDim, line, terminal, out);
  }
}

void PrintArticle(const v1::Article& article, const Terminal& terminal, std::ostream& out) {
  PrintParagraph(Style::kHeadline, HeadlineText(article), terminal, out);
  std::string line = DateText(article);
  for (const std::string& part : {BylineText(article), article.source(), article.section()}) {
    if (!part.empty()) line += " · " + part;
  }
  PrintParagraph(Style::kDim, line, terminal, out);
  if (!article.summary().empty()) {
    out << '\n';
    PrintParagraph(Style::kBold, article.summary(), terminal, out);
  }
  PrintCaptions(article, terminal, out);
  PrintBody(article.body(), terminal, out);
  PrintFoot(article, terminal, out);
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
    PrintArticle(article, context.terminal, context.streams.out);
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
