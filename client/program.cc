// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/program.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <map>
#include <ostream>

#include "client/commands/admin_command.h"
#include "client/commands/delete_command.h"
#include "client/commands/get_command.h"
#include "client/commands/put_command.h"
#include "client/commands/search_command.h"
#include "client/commands/status_command.h"
#include "client/session/option.h"
#include "client/view/safe_output.h"
#include "engine/base/shell_word.h"

namespace broadsheet::client {
namespace {

struct GlobalOptions {
  ConnectionOptions connection;
  ColorMode color = ColorMode::kAuto;
};

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
}

// What reaches the same server as these options, when BROADSHEET_SERVER stays as it is.
std::string ProgramText(const ConnectionOptions& options) {
  const char* variable = std::getenv("BROADSHEET_SERVER");
  const bool set = variable != nullptr && *variable != '\0';
  const std::string usual = set ? variable : std::string(kDefaultServer);
  return "broadsheet" +
         (options.server == usual ? "" : base::ShellOption("--server", options.server));
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
              << (advice.empty() ? "see: broadsheet --help, or broadsheet search --help" : advice)
              << '\n';
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
  SearchOptions search_options;
  GetOptions get_options;
  PutOptions put_options;
  DeleteOptions delete_options;
  StatusOptions status_options;
  AdminOptions admin_options;
  DeclareGlobals(app, globals);
  const CLI::App* search = DeclareSearch(app, search_options);
  const CLI::App* get = DeclareGet(app, get_options);
  const CLI::App* put = DeclarePut(app, put_options);
  const CLI::App* remove = DeclareDelete(app, delete_options);
  DeclareStatus(app, status_options);
  const CLI::App* admin = DeclareAdmin(app, admin_options);
  try {
    const std::vector<std::string> spelled = SpelledOut(app, arguments);
    // CLI11 takes the arguments in reverse.
    app.parse(std::vector<std::string>(spelled.rbegin(), spelled.rend()));
  } catch (const CLI::ExtrasError& error) {
    if (!search->parsed()) return ReportParse(app, error, "", streams);
    const std::string command = ProgramText(globals.connection) + " search";
    const std::string advice =
        NegatedWordAdvice(command, search_options, arguments, Unexpected(app));
    return ReportParse(app, error, Sanitized(advice), streams);
  } catch (const CLI::ParseError& error) {
    return ReportParse(app, error, "", streams);
  }
  const bool options_ended = std::count(arguments.begin(), arguments.end(), "--") > 0;
  search_options.takes_page = search->count("--page") == 0 && !options_ended;
  Connection connection(globals.connection);
  CommandContext context{.streams = streams,
                         .terminal = Terminal::ForStandardOutput(globals.color),
                         .connection = connection,
                         .program = ProgramText(globals.connection)};
  if (search->parsed()) return RunSearch(search_options, context);
  if (get->parsed()) return RunGet(get_options, context);
  if (put->parsed()) return RunPut(put_options, context);
  if (remove->parsed()) return RunDelete(delete_options, context);
  if (admin->parsed()) return RunAdmin(admin_options, context);
  return RunStatus(status_options, context);
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
