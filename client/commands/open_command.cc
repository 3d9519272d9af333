// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/commands/open_command.h"

#include <grpcpp/grpcpp.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cerrno>
#include <ostream>

#include "client/request/hit_ids.h"
#include "client/session/option.h"
#include "client/session/request_print.h"
#include "client/view/error_report.h"
#include "client/view/web_address.h"
#include "engine/base/shell_word.h"

namespace broadsheet::client {
namespace {

// Gives `address` to xdg-open as its only argument, so that no shell reads it. False when that
// cannot be started or fails.
bool OpenInBrowser(std::string address) {
  std::string program = "xdg-open";
  std::array<char*, 3> arguments = {program.data(), address.data(), nullptr};
  pid_t process = 0;
  if (posix_spawnp(&process, program.c_str(), nullptr, nullptr, arguments.data(), environ) != 0) {
    return false;
  }
  int status = 0;
  while (waitpid(process, &status, 0) < 0 && errno == EINTR) continue;
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

int OpenOne(const std::string& id, CommandContext& context) {
  std::ostream& err = context.streams.err;
  v1::GetArticleRequest request;
  request.set_id(id);
  request.mutable_read_mask()->add_paths("url");
  if (PrintedInstead("SearchService/GetArticle", request, context)) return kExitFound;
  v1::Article article;
  grpc::ClientContext call;
  context.connection.Prepare(call);
  const grpc::Status status = context.connection.stub().GetArticle(&call, request, &article);
  if (!status.ok()) {
    ReportError(status, nullptr, context.terminal, err);
    return status.error_code() == grpc::StatusCode::NOT_FOUND ? kExitNothingFound : kExitError;
  }
  const std::string address = WebAddress(article.url());
  if (address.empty()) {
    err << "broadsheet: " << Sanitized(id)
        << (article.url().empty()
                ? " states no address"
                : " has an address that is not http or https, which is not opened")
        << "; read it with: " << context.Command("get") << base::ShellArgument(Sanitized(id))
        << '\n';
    return kExitNothingFound;
  }
  context.streams.out << address << '\n';
  context.streams.out.flush();
  if (OpenInBrowser(address)) return kExitFound;
  err << "broadsheet: xdg-open, of Debian's package xdg-utils, could not open it\n";
  return kExitError;
}

}  // namespace

CLI::App* DeclareOpen(CLI::App& app, OpenOptions& options) {
  CLI::App* command =
      app.add_subcommand("open", "Open articles where they were published, in a browser");
  AddOption(*command, "IDS", options.ids, "Articles: ids, or numbers of hits of the last search");
  command->add_flag("--id", options.literal, "Take IDS as ids even if they are numbers");
  return command;
}

int RunOpen(const OpenOptions& options, CommandContext& context) {
  if (options.ids.empty()) {
    context.streams.err << "broadsheet: which article? Give an id or the number of a hit; see: "
                           "broadsheet open --help\n";
    return kExitError;
  }
  const auto ids = IdsOfHits(options.ids, options.literal, context.streams.err);
  if (!ids) return kExitError;
  if (!context.print_request && !ConnectOrExplain(context.connection, context.streams.err)) {
    return kExitError;
  }
  int worst = kExitFound;
  for (const std::string& id : *ids) worst = std::max(worst, OpenOne(id, context));
  return worst;
}

}  // namespace broadsheet::client
