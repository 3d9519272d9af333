// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/commands/delete_command.h"

#include <grpcpp/grpcpp.h>

#include <CLI/CLI.hpp>
#include <ostream>

#include "client/session/option.h"
#include "client/session/request_print.h"
#include "client/view/error_report.h"
#include "client/view/terminal.h"

namespace broadsheet::client {

CLI::App* DeclareDelete(CLI::App& app, DeleteOptions& options) {
  CLI::App* command =
      app.add_subcommand("delete", "Remove one article from a server that takes writes");
  AddOption(*command, "ID", options.id, "The article's id, to the letter")->required();
  return command;
}

int RunDelete(const DeleteOptions& options, CommandContext& context) {
  v1::DeleteArticleRequest request;
  request.set_id(options.id);
  if (PrintedInstead("ArticleService/DeleteArticle", request, context)) return kExitFound;
  if (!ConnectOrExplain(context.connection, context.streams.err)) return kExitError;
  v1::DeleteArticleResponse response;
  grpc::ClientContext call;
  context.connection.Prepare(call);
  const grpc::Status status =
      context.connection.articles().DeleteArticle(&call, request, &response);
  if (!status.ok()) {
    ReportError(status, nullptr, context.terminal, context.streams.err);
    return status.error_code() == grpc::StatusCode::NOT_FOUND ? kExitNothingFound : kExitError;
  }
  context.streams.out << "deleted " << Sanitized(options.id) << '\n';
  return kExitFound;
}

}  // namespace broadsheet::client
