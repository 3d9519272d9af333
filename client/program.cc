// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/program.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <functional>
#include <map>
#include <ostream>

#include "client/commands/admin_command.h"
#include "client/commands/counts_command.h"
#include "client/commands/delete_command.h"
#include "client/commands/export_command.h"
#include "client/commands/get_command.h"
#include "client/commands/open_command.h"
#include "client/commands/put_command.h"
#include "client/commands/search_command.h"
#include "client/commands/similar_command.h"
#include "client/commands/status_command.h"
#include "client/commands/suggest_command.h"
#include "client/mistyped.h"
#include "client/session/option.h"
#include "client/view/safe_output.h"
#include "engine/base/shell_word.h"

namespace broadsheet::client {
namespace {

struct GlobalOptions {
  ConnectionOptions connection;
  ColorMode color = ColorMode::kAuto;
  bool print_request = false;
};

// What was typed behind the name of each command.
struct CommandOptions {
  SearchOptions search;
  SearchOptions exported;
  CountsOptions facets;
  CountsOptions timeline;
  CountsOptions tags;
  SuggestOptions suggest;
  SimilarOptions similar;
  GetOptions get;
  OpenOptions open;
  PutOptions put;
  DeleteOptions remove;
  StatusOptions status;
  AdminOptions admin;
};

using Run = std::function<int(CommandContext&)>;

// Declares the commands and says how each is run, in the order in which help lists them.
std::map<const CLI::App*, Run> DeclareCommands(CLI::App& app, CommandOptions& options) {
  std::map<const CLI::App*, Run> runs;
  const auto add = [&](const CLI::App* command, const auto& run, const auto& its_options) {
    runs[command] = [&run, &its_options](CommandContext& context) {
      return run(its_options, context);
    };
  };
  add(DeclareSearch(app, options.search), RunSearch, options.search);
  add(DeclareGet(app, options.get), RunGet, options.get);
  add(DeclareOpen(app, options.open), RunOpen, options.open);
  add(DeclareSimilar(app, options.similar), RunSimilar, options.similar);
  add(DeclareFacets(app, options.facets), RunCounts, options.facets);
  add(DeclareTimeline(app, options.timeline), RunCounts, options.timeline);
  add(DeclareTags(app, options.tags), RunCounts, options.tags);
  add(DeclareSuggest(app, options.suggest), RunSuggest, options.suggest);
  add(DeclareExport(app, options.exported), RunExport, options.exported);
  add(DeclareStatus(app, options.status), RunStatus, options.status);
  add(DeclarePut(app, options.put), RunPut, options.put);
  add(DeclareDelete(app, options.remove), RunDelete, options.remove);
  add(DeclareAdmin(app, options.admin), RunAdmin, options.admin);
  return runs;
}

void DeclareGlobals(CLI::App& app, GlobalOptions& options) {
  app.set_help_flag("--help", "Print this help message and exit, as -h does");
  app.set_version_flag("--version", "broadsheet " BROADSHEET_VERSION);
  AddOption(app, "--server", options.connection.server, "Address of broadsheetd")
      ->envname("BROADSHEET_SERVER")
      ->capture_default_str();
  AddOption(app, "--timeout", options.connection.timeout_seconds, "Seconds to wait for an answer")
      ->check(CLI::Range(1, 3600))
      ->capture_default_str();
  const std::map<std::string, ColorMode> modes = {
      {"auto", ColorMode::kAuto}, {"always", ColorMode::kAlways}, {"never", ColorMode::kNever}};
  AddOption(app, "--color", options.color, "auto, always or never; NO_COLOR is honoured")
      ->transform(CLI::CheckedTransformer(modes, CLI::ignore_case))
      ->option_text("WHEN");
  app.add_flag("--print-request", options.print_request,
               "Print what would be asked, as JSON with the method's full name, and ask nothing");
}

// What reaches the same server as these options, when BROADSHEET_SERVER stays as it is.
std::string ProgramText(const ConnectionOptions& options) {
  const char* variable = std::getenv("BROADSHEET_SERVER");
  const bool set = variable != nullptr && *variable != '\0';
  const std::string usual = set ? variable : std::string(kDefaultServer);
  return "broadsheet" +
         (options.server == usual ? "" : base::ShellOption("--server", options.server));
}

// The command that was typed, with its own commands; the program when there is none.
const CLI::App& ParsedCommand(const CLI::App& app) {
  const CLI::App* command = &app;
  while (!command->get_subcommands().empty()) command = command->get_subcommands().front();
  return *command;
}

// "broadsheet admin publish --help" of the command that was typed.
std::string HelpLine(const CLI::App& app) {
  const CLI::App* command = &ParsedCommand(app);
  if (command == &app) return "broadsheet --help, or broadsheet search --help";
  std::string line;
  for (; command != nullptr; command = command->get_parent()) {
    line.insert(0, command->get_name() + " ");
  }
  return line + "--help";
}

// Help and version go to standard output with status 0; mistakes to standard error, with `advice`
// below unless that is empty.
int ReportParse(const CLI::App& app, const CLI::ParseError& error, const std::string& advice,
                const Streams& streams) {
  if (error.get_exit_code() == 0) {
    app.exit(error, streams.out, streams.err);
    return kExitFound;
  }
  streams.err << "broadsheet: " << error.what() << "\n  "
              << (advice.empty() ? "see: " + HelpLine(app) : advice) << '\n';
  return kExitError;
}

// The arguments that no command knows.
std::vector<std::string> Unexpected(const CLI::App& app) {
  std::vector<std::string> unexpected = app.remaining(/*recurse=*/true);
  // CLI11 lists the end of options, too.
  std::erase(unexpected, "--");
  return unexpected;
}

int RunSafely(const std::vector<std::string>& arguments, const Streams& streams) {
  CLI::App app("Search a news archive served by broadsheetd.", "broadsheet");
  app.require_subcommand(1);
  app.fallthrough();
  GlobalOptions globals;
  CommandOptions options;
  DeclareGlobals(app, globals);
  const auto runs = DeclareCommands(app, options);
  const CLI::App* search = app.get_subcommand("search");
  const std::vector<std::string> spelled = SpelledOut(app, arguments);
  if (const std::string unknown = UnknownCommand(app, spelled); !unknown.empty()) {
    streams.err << "broadsheet: there is no command \"" << Sanitized(unknown)
                << "\"\n  try: " << Sanitized(WithCommand(app, spelled, "broadsheet")) << '\n';
    return kExitError;
  }
  try {
    // CLI11 takes the arguments in reverse.
    app.parse(std::vector<std::string>(spelled.rbegin(), spelled.rend()));
  } catch (const CLI::ExtrasError& error) {
    const std::vector<std::string> unexpected = Unexpected(app);
    const std::string command = ProgramText(globals.connection) + " search";
    std::string advice;
    if (search->parsed()) {
      advice = NegatedWordAdvice(command, options.search, arguments, unexpected);
    }
    if (advice.empty()) advice = OptionAdvice(app, ParsedCommand(app), unexpected);
    return ReportParse(app, error, Sanitized(advice), streams);
  } catch (const CLI::ParseError& error) {
    return ReportParse(app, error, "", streams);
  }
  const bool options_ended = std::count(arguments.begin(), arguments.end(), "--") > 0;
  options.search.takes_page = search->count("--page") == 0 && !options_ended;
  Connection connection(globals.connection);
  CommandContext context{.streams = streams,
                         .terminal = Terminal::ForStandardOutput(globals.color),
                         .connection = connection,
                         .program = ProgramText(globals.connection),
                         .print_request = globals.print_request};
  return runs.at(app.get_subcommands().front())(context);
}

}  // namespace

int RunClient(const std::vector<std::string>& arguments, const Streams& streams) {
  SafeBuffer out_buffer(streams.out);
  SafeBuffer err_buffer(streams.err);
  std::ostream out(&out_buffer);
  std::ostream err(&err_buffer);
  return RunSafely(arguments, {.in = streams.in, .out = out, .err = err});
}

}  // namespace broadsheet::client
