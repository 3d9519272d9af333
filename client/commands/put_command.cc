// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/commands/put_command.h"

#include <google/protobuf/util/json_util.h>
#include <grpcpp/grpcpp.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <ostream>
#include <sstream>
#include <string_view>
#include <system_error>
#include <utility>

#include "client/session/option.h"
#include "client/session/request_print.h"
#include "client/view/error_report.h"
#include "client/view/json_output.h"
#include "client/view/terminal.h"
#include "engine/base/shell_word.h"

namespace broadsheet::client {
namespace {

// What takes several articles and other formats than this command.
std::string HowToPush(const std::string& file, const CommandContext& context) {
  return "; for several articles, or other formats: broadsheet-indexer push" +
         base::ShellOption("--server", context.connection.server()) +
         // A path that cannot be shown cannot be copied either.
         (Sanitized(file) == file ? base::ShellArgument(file) : " PATH...");
}

// nullopt, with a message, when `file` cannot be read.
std::optional<std::string> ReadAll(const std::string& file, const CommandContext& context) {
  const Streams& streams = context.streams;
  if (file == "-") return std::string(std::istreambuf_iterator<char>(streams.in), {});
  std::error_code ignored;
  if (std::filesystem::is_directory(file, ignored)) {
    streams.err << "broadsheet: " << Sanitized(file) << " is a folder" << HowToPush(file, context)
                << '\n';
    return std::nullopt;
  }
  std::ifstream in(file, std::ios::binary);
  std::ostringstream content;
  content << in.rdbuf();
  if (in.is_open() && !in.bad()) return std::move(content).str();
  streams.err << "broadsheet: cannot read " << Sanitized(file) << '\n';
  return std::nullopt;
}

// nullopt, with a message, when `json` is no article.
std::optional<v1::Article> ParseArticle(const std::string& json, const std::string& file,
                                        const CommandContext& context) {
  v1::Article article;
  const auto parsed = google::protobuf::util::JsonStringToMessage(json, &article);
  if (parsed.ok()) return article;
  context.streams.err
      << "broadsheet: " << Sanitized(file)
      << " holds no Article in protobuf's JSON (\"publishedTime\", bylines as objects): "
      << Sanitized(std::string(parsed.message())) << HowToPush(file, context) << '\n';
  return std::nullopt;
}

std::string_view TextOf(v1::PutOutcome outcome) {
  switch (outcome) {
    case v1::PUT_OUTCOME_CREATED:
      return "created";
    case v1::PUT_OUTCOME_REPLACED:
      return "replaced";
    case v1::PUT_OUTCOME_SUPERSEDED:
      return "not stored, the index has a higher version of";
    case v1::PUT_OUTCOME_UNCHANGED:
      return "unchanged";
    default:
      return "stored";
  }
}

}  // namespace

CLI::App* DeclarePut(CLI::App& app, PutOptions& options) {
  CLI::App* put = app.add_subcommand("put", "Store one article on a server that takes writes");
  AddOption(*put, "FILE", options.file, "An article in JSON; - for standard input")->required();
  AddOption(*put, "--output", options.output, "text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  return put;
}

int RunPut(const PutOptions& options, CommandContext& context) {
  const std::optional<std::string> json = ReadAll(options.file, context);
  if (!json) return kExitError;
  std::optional<v1::Article> article = ParseArticle(*json, options.file, context);
  if (!article) return kExitError;
  v1::PutArticleRequest request;
  *request.mutable_article() = *std::move(article);
  if (PrintedInstead("ArticleService/PutArticle", request, context)) return kExitFound;
  if (!ConnectOrExplain(context.connection, context.streams.err)) return kExitError;
  v1::PutArticleResponse response;
  grpc::ClientContext call;
  context.connection.Prepare(call);
  const grpc::Status status = context.connection.articles().PutArticle(&call, request, &response);
  if (!status.ok()) {
    ReportError(status, nullptr, context.terminal, context.streams.err);
    return kExitError;
  }
  if (options.output == "json") {
    WriteJson(response, JsonLayout::kIndented, context.streams.out);
  } else {
    context.streams.out << TextOf(response.outcome()) << ' ' << Sanitized(response.id()) << '\n';
  }
  return kExitFound;
}

}  // namespace broadsheet::client
