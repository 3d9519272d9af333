// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/commands/admin_command.h"

#include <grpcpp/grpcpp.h>

#include <CLI/CLI.hpp>
#include <optional>
#include <ostream>

#include "client/commands/rebuild_watch.h"
#include "client/session/admin_call.h"
#include "client/session/option.h"
#include "client/view/error_report.h"
#include "client/view/generation_text.h"
#include "client/view/json_output.h"

namespace broadsheet::client {
namespace {

using Stub = v1::AdminService::Stub;

// The response, or nothing after the error was told.
template <typename Request, typename Response>
std::optional<Response> Call(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                          Response*),
                             const Request& request, Patience patience, CommandContext& context) {
  Response response;
  const grpc::Status status = CallAdmin(method, request, response, context.connection, patience);
  if (status.ok()) return response;
  ReportError(status, nullptr, context.terminal, context.streams.err);
  return std::nullopt;
}

// Writes what there is to say of a response, and returns the exit status.
template <typename Response>
int Show(const std::optional<Response>& response, const std::string& text,
         const AdminOptions& options, CommandContext& context) {
  if (!response) return kExitError;
  if (options.output == "json") {
    WriteJson(*response, JsonLayout::kIndented, context.streams.out);
  } else {
    context.streams.out << text;
  }
  return kExitFound;
}

v1::LiveWrites LiveWritesOf(const AdminOptions& options) {
  if (options.keep_writes) return v1::LIVE_WRITES_KEEP;
  return options.discard_writes ? v1::LIVE_WRITES_DISCARD : v1::LIVE_WRITES_UNSPECIFIED;
}

int ShowOperation(const AdminOptions& options, CommandContext& context) {
  v1::GetOperationRequest request;
  request.set_id(options.operation_id);
  const auto response = Call(&Stub::GetOperation, request, Patience::kOfAnyCall, context);
  const std::string text =
      response ? OperationText(response->operation(), context.Command("admin publish")) : "";
  return Show(response, text, options, context);
}

int Cancel(const AdminOptions& options, CommandContext& context) {
  v1::CancelOperationRequest request;
  request.set_id(options.operation_id);
  const auto response = Call(&Stub::CancelOperation, request, Patience::kOfAnyCall, context);
  return Show(response, "asked operation " + options.operation_id + " to stop\n", options, context);
}

int ListGenerations(const AdminOptions& options, CommandContext& context) {
  const auto response =
      Call(&Stub::ListGenerations, v1::ListGenerationsRequest(), Patience::kOfAnyCall, context);
  return Show(response, response ? GenerationList(*response) : "", options, context);
}

// Prints what a publish or a rollback has done.
template <typename Response>
int ShowPublished(const std::optional<Response>& response, const AdminOptions& options,
                  CommandContext& context) {
  const std::string text =
      response ? PublishedText(response->generation(), response->discarded_writes()) : "";
  return Show(response, text, options, context);
}

int Publish(const AdminOptions& options, CommandContext& context) {
  v1::PublishGenerationRequest request;
  request.set_number(options.number);
  request.set_live_writes(LiveWritesOf(options));
  return ShowPublished(Call(&Stub::PublishGeneration, request, Patience::kUnlimited, context),
                       options, context);
}

int Rollback(const AdminOptions& options, CommandContext& context) {
  v1::RollbackGenerationRequest request;
  request.set_live_writes(LiveWritesOf(options));
  return ShowPublished(Call(&Stub::RollbackGeneration, request, Patience::kUnlimited, context),
                       options, context);
}

int Prune(const AdminOptions& options, CommandContext& context) {
  v1::PruneGenerationsRequest request;
  request.set_keep(options.keep);
  const auto response = Call(&Stub::PruneGenerations, request, Patience::kUnlimited, context);
  return Show(response, response ? PrunedText(*response) : "", options, context);
}

void AddLiveWrites(CLI::App& command, AdminOptions& options) {
  CLI::Option* keep = command.add_flag(
      "--keep-writes", options.keep_writes,
      "Carry over what was written to the published generation since it was built");
  command
      .add_flag("--discard-writes", options.discard_writes,
                "Leave behind what was written to the published generation since it was built")
      ->excludes(keep);
}

void DeclareRebuild(CLI::App& admin, AdminOptions& options) {
  CLI::App* rebuild = admin.add_subcommand(
      "rebuild", "Build a new generation from the stored articles and publish it; Ctrl-C cancels");
  rebuild->add_flag("--no-publish", options.no_publish,
                    "Only build and verify; `admin publish` makes it the one that is served");
  AddOption(*rebuild, "--language", options.language,
            "Take articles that state no language, and whose text does not tell it, as in LANG "
            "(en, de, pt-BR) [as in the one given before, else in that of most other articles]")
      ->type_name("LANG");
  rebuild->add_flag("--detach", options.detach,
                    "Return at once; `admin operation` shows how it goes");
  options.rebuild = rebuild;
}

void DeclareOperations(CLI::App& admin, AdminOptions& options) {
  CLI::App* operation =
      admin.add_subcommand("operation", "Show how a rebuild or another operation goes or went");
  AddOption(*operation, "ID", options.operation_id, "Its id [the one that was started last]");
  options.operation = operation;
  CLI::App* cancel = admin.add_subcommand("cancel", "Stop an operation");
  AddOption(*cancel, "ID", options.operation_id, "Its id, as `admin operation` shows it")
      ->required();
  options.cancel = cancel;
}

void DeclareGenerations(CLI::App& admin, AdminOptions& options) {
  options.generations = admin.add_subcommand("generations", "List the generations on disk");
  CLI::App* publish =
      admin.add_subcommand("publish", "Verify a generation and make it the one that is served");
  AddOption(*publish, "N", options.number, "Its number")->required()->check(CLI::PositiveNumber);
  AddLiveWrites(*publish, options);
  options.publish = publish;
  CLI::App* rollback =
      admin.add_subcommand("rollback", "Go back to the generation before the published one");
  AddLiveWrites(*rollback, options);
  options.rollback = rollback;
  CLI::App* prune =
      admin.add_subcommand("prune", "Remove generations that are no longer needed from the disk");
  AddOption(*prune, "--keep", options.keep, "How many before the published one stay")
      ->capture_default_str()
      ->check(CLI::NonNegativeNumber);
  options.prune = prune;
}

}  // namespace

CLI::App* DeclareAdmin(CLI::App& app, AdminOptions& options) {
  CLI::App* admin = app.add_subcommand(
      "admin", "Rebuild and choose what a server that takes writes serves (--help lists how)");
  admin->require_subcommand(1);
  admin->fallthrough();
  AddOption(*admin, "--output", options.output, "text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  DeclareRebuild(*admin, options);
  DeclareOperations(*admin, options);
  DeclareGenerations(*admin, options);
  admin->footer(
      "On the server's own machine, and while it runs, `broadsheet-indexer` builds from sources, "
      "restores a backup and takes one: its build, restore and snapshot.");
  return admin;
}

int RunAdmin(const AdminOptions& options, CommandContext& context) {
  if (!ConnectOrExplain(context.connection, context.streams.err)) return kExitError;
  if (options.rebuild->parsed()) {
    return RunRebuild({.build_only = options.no_publish,
                       .language = options.language,
                       .detach = options.detach,
                       .json = options.output == "json"},
                      context);
  }
  if (options.operation->parsed()) return ShowOperation(options, context);
  if (options.cancel->parsed()) return Cancel(options, context);
  if (options.generations->parsed()) return ListGenerations(options, context);
  if (options.publish->parsed()) return Publish(options, context);
  if (options.rollback->parsed()) return Rollback(options, context);
  return Prune(options, context);
}

}  // namespace broadsheet::client
